package argosy.engine.container;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.image.ImageConfig;
import argosy.engine.spec.ContainerSpec;
import argosy.engine.spec.ContainerSpec.Identity;
import argosy.engine.spec.ContainerSpec.LogSpec;
import argosy.engine.spec.HealthSpec;
import argosy.engine.spec.NetworkSpec;
import argosy.engine.spec.Port;
import argosy.engine.spec.ProcessSpec;
import argosy.engine.spec.Storage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A user's spec over an image's configuration, merged as Docker does at create. */
final class Defaults {
  private static final Set<String> DRIVERS = Set.of("json-file", "local", "none");

  private Defaults() {}

  /** The whole spec; refused when there is nothing to run or the log driver is unknown. */
  static ContainerSpec over(ImageConfig image, ContainerSpec spec, String id) {
    return new ContainerSpec(
        spec.image(),
        process(image, spec.process()),
        identity(image, spec, id),
        spec.isolation(),
        spec.security(),
        spec.resources(),
        storage(image, spec.storage()),
        network(image, spec.network()),
        log(spec.log()),
        spec.restart(),
        health(image.health(), spec.health()),
        spec.autoRemove(),
        spec.runtime(),
        spec.platform());
  }

  private static ProcessSpec process(ImageConfig image, ProcessSpec asked) {
    List<String> entrypoint = asked.entrypoint();
    List<String> cmd = asked.cmd();
    if (entrypoint == null || entrypoint.isEmpty()) {
      cmd = cmd == null || cmd.isEmpty() ? image.cmd() : cmd;
      entrypoint = entrypoint == null ? image.entrypoint() : entrypoint;
    }
    if (List.of("").equals(entrypoint)) {
      entrypoint = null;
    }
    if (isEmpty(entrypoint) && isEmpty(cmd)) {
      throw new Refused(new Failure.Invalid("No command specified"));
    }
    return new ProcessSpec(
        entrypoint,
        cmd,
        env(image.env(), asked.env()),
        or(asked.user(), image.user()),
        asked.groupAdd(),
        or(asked.workingDir(), image.workingDir()),
        asked.stdio(),
        asked.stopSignal() == null ? image.stopSignal() : asked.stopSignal(),
        asked.stopTimeout(),
        asked.consoleSize());
  }

  private static boolean isEmpty(@Nullable List<String> words) {
    return words == null || words.isEmpty();
  }

  private static String or(String asked, String fallback) {
    return asked.isEmpty() ? fallback : asked;
  }

  /** The user's first, then the image's whose key the user did not set. */
  static List<String> env(List<String> image, List<String> asked) {
    Set<String> keys = asked.stream().map(Defaults::key).collect(Collectors.toSet());
    var merged = new ArrayList<>(asked);
    image.stream().filter(entry -> !keys.contains(key(entry))).forEach(merged::add);
    return List.copyOf(merged);
  }

  private static String key(String entry) {
    int equals = entry.indexOf('=');
    return equals < 0 ? entry : entry.substring(0, equals);
  }

  private static Identity identity(ImageConfig image, ContainerSpec spec, String id) {
    Map<String, String> labels = new HashMap<>(image.labels());
    labels.putAll(spec.identity().labels());
    String mode = spec.network().mode();
    boolean shared = mode.equals("host") || mode.startsWith("container:");
    String hostname = spec.identity().hostname();
    return new Identity(
        hostname.isEmpty() && !shared ? id.substring(0, 12) : hostname,
        spec.identity().domainname(),
        labels,
        spec.identity().annotations());
  }

  private static Storage storage(ImageConfig image, Storage asked) {
    var volumes = new HashSet<>(asked.anonymousVolumes());
    volumes.addAll(image.volumes());
    return new Storage(
        asked.binds(),
        asked.mounts(),
        asked.tmpfs(),
        asked.volumesFrom(),
        volumes,
        asked.volumeDriver(),
        asked.storageOpt());
  }

  private static NetworkSpec network(ImageConfig image, NetworkSpec asked) {
    var exposed = new HashSet<>(asked.exposed());
    image.exposedPorts().forEach(port -> exposed.add(port(port)));
    exposed.addAll(asked.bindings().keySet());
    return new NetworkSpec(
        asked.mode().isEmpty() ? "default" : asked.mode(),
        asked.endpoints(),
        exposed,
        asked.bindings(),
        asked.publishAll(),
        asked.names(),
        asked.macAddress(),
        asked.disabled());
  }

  private static Port port(String text) {
    try {
      return Port.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Refused(new Failure.Invalid("the image exposes an invalid port: " + text), e);
    }
  }

  private static LogSpec log(LogSpec asked) {
    String driver = or(asked.driver(), "json-file");
    if (!DRIVERS.contains(driver)) {
      throw new Refused(
          new Failure.Invalid("logger: no log driver named '" + driver + "' is registered"));
    }
    return new LogSpec(driver, asked.options());
  }

  private static @Nullable HealthSpec health(
      @Nullable HealthSpec image, @Nullable HealthSpec asked) {
    if (image == null || asked == null) {
      return asked == null ? image : asked;
    }
    return new HealthSpec(
        asked.test().isEmpty() ? image.test() : asked.test(),
        or(asked.interval(), image.interval()),
        or(asked.timeout(), image.timeout()),
        asked.retries() == 0 ? image.retries() : asked.retries(),
        or(asked.startPeriod(), image.startPeriod()),
        or(asked.startInterval(), image.startInterval()));
  }

  private static Duration or(Duration asked, Duration fallback) {
    return asked.isZero() ? fallback : asked;
  }
}
