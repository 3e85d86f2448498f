package argosy.http.container;

import argosy.engine.container.Container;
import argosy.engine.spec.HealthSpec;
import argosy.http.wire.Config;
import argosy.http.wire.Config.Healthcheck;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code Config} of an inspect, with Docker's habits of null and {}. */
final class ConfigView {
  private ConfigView() {}

  static Config of(Container container) {
    var spec = container.spec();
    var process = spec.process();
    var stdio = process.stdio();
    var identity = spec.identity();
    var health = spec.health();
    return new Config(
        identity.hostname(),
        identity.domainname(),
        process.user(),
        stdio.attachStdin(),
        stdio.attachStdout(),
        stdio.attachStderr(),
        set(spec.network().exposed()),
        stdio.tty(),
        stdio.openStdin(),
        stdio.stdinOnce(),
        process.env().isEmpty() ? null : process.env(),
        process.cmd(),
        health == null ? null : health(health),
        null,
        spec.image(),
        spec.storage().anonymousVolumes().isEmpty() ? null : set(spec.storage().anonymousVolumes()),
        process.workingDir(),
        process.entrypoint(),
        spec.network().disabled() ? true : null,
        spec.network().macAddress().isEmpty() ? null : spec.network().macAddress(),
        null,
        identity.labels(),
        process.stopSignal(),
        process.stopTimeout(),
        null);
  }

  private static Map<String, Object> set(Set<?> members) {
    var all = new TreeMap<String, Object>();
    members.forEach(member -> all.put(member.toString(), Map.of()));
    return all;
  }

  static Healthcheck health(HealthSpec health) {
    return new Healthcheck(
        health.test(),
        nanos(health.interval()),
        nanos(health.timeout()),
        nanos(health.startPeriod()),
        nanos(health.startInterval()),
        health.retries() == 0 ? null : health.retries());
  }

  private static @Nullable Long nanos(Duration duration) {
    return duration.isZero() ? null : duration.toNanos();
  }
}
