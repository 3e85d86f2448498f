package argosy.engine;

import argosy.engine.dns.NameConfig;
import argosy.engine.image.ImageSettings;
import argosy.engine.network.NetworkConfig;
import argosy.engine.registry.RegistrySettings;
import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the engine is told at start; every key stands with its sentence in {@code reference.conf}.
 *
 * @param dataRoot what must outlive a reboot
 * @param execRoot what must not: sockets, bundles, exit files
 * @param name the node's name
 * @param labels {@code k=v}, the node's own
 * @param runtime the default OCI runtime's name, or "" to choose
 * @param bip the default bridge's address in CIDR form
 * @param bridge the default bridge's interface name
 * @param network addresses and the default bridge
 * @param dns the containers' name service
 * @param images where images are and come from, and how much room they have
 * @param stopTimeout between a stop's signal and SIGKILL when a container says nothing
 */
public record EngineConfig(
    Path dataRoot,
    Path execRoot,
    String name,
    List<String> labels,
    String runtime,
    String bip,
    String bridge,
    ImageSettings images,
    Duration stopTimeout,
    boolean debug,
    NetworkConfig network,
    NameConfig dns) {
  public EngineConfig {
    labels = List.copyOf(labels);
  }

  /** With networks as {@code reference.conf} has them. */
  public EngineConfig(
      Path dataRoot,
      Path execRoot,
      String name,
      List<String> labels,
      String runtime,
      String bip,
      String bridge,
      ImageSettings images,
      Duration stopTimeout,
      boolean debug) {
    this(
        dataRoot,
        execRoot,
        name,
        labels,
        runtime,
        bip,
        bridge,
        images,
        stopTimeout,
        debug,
        NetworkConfig.DEFAULT,
        NameConfig.DEFAULT);
  }

  /** Reads {@code argosy.engine} of a resolved configuration. */
  public static EngineConfig from(Config config) {
    var engine = config.getConfig("argosy.engine");
    return new EngineConfig(
        Path.of(engine.getString("data-root")),
        Path.of(engine.getString("exec-root")),
        engine.getString("name"),
        engine.getStringList("labels"),
        engine.getString("runtime"),
        engine.getString("bip"),
        engine.getString("bridge"),
        ImageSettings.from(
            Path.of(engine.getString("data-root")), RegistrySettings.from(engine), engine),
        engine.getDuration("stop-timeout"),
        engine.getBoolean("debug"),
        NetworkConfig.from(engine.getConfig("network")),
        NameConfig.from(engine.getConfig("dns")));
  }
}
