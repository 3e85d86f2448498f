package argosy.engine;

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
 * @param insecureRegistries {@code HOST:PORT}s that may be spoken to without verified TLS
 * @param registryMirrors URLs tried before the registry itself
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
    List<String> insecureRegistries,
    List<String> registryMirrors,
    Duration stopTimeout,
    boolean debug) {
  public EngineConfig {
    labels = List.copyOf(labels);
    insecureRegistries = List.copyOf(insecureRegistries);
    registryMirrors = List.copyOf(registryMirrors);
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
        engine.getStringList("insecure-registries"),
        engine.getStringList("registry-mirrors"),
        engine.getDuration("stop-timeout"),
        engine.getBoolean("debug"));
  }
}
