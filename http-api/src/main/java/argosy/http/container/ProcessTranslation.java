package argosy.http.container;

import static argosy.http.answer.OrEmpty.list;
import static argosy.http.answer.OrEmpty.text;

import argosy.engine.spec.HealthSpec;
import argosy.engine.spec.ProcessSpec;
import argosy.engine.spec.ProcessSpec.Stdio;
import argosy.http.answer.Refusal;
import argosy.http.wire.Config;
import argosy.http.wire.Config.Healthcheck;
import argosy.http.wire.HostConfig;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What runs in a container, and how its health is checked. */
final class ProcessTranslation {
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private ProcessTranslation() {}

  static ProcessSpec process(Config config, HostConfig host) {
    for (String variable : list(config.env())) {
      Refusal.when(
          variable.isEmpty() || variable.startsWith("="),
          "invalid environment variable: " + variable);
    }
    String directory = text(config.workingDir());
    Refusal.when(
        !directory.isEmpty() && !directory.startsWith("/"),
        "the working directory '" + directory + "' is invalid, it needs to be an absolute path");
    return new ProcessSpec(
        config.entrypoint() == null ? null : list(config.entrypoint()),
        config.cmd() == null ? null : list(config.cmd()),
        list(config.env()),
        text(config.user()),
        list(host.groupAdd()),
        directory,
        stdio(config),
        text(config.stopSignal()).isEmpty() ? null : config.stopSignal(),
        config.stopTimeout(),
        console(host.consoleSize()));
  }

  private static Stdio stdio(Config config) {
    return new Stdio(
        config.tty(),
        config.openStdin(),
        config.stdinOnce(),
        config.attachStdin(),
        config.attachStdout(),
        config.attachStderr());
  }

  private static @Nullable List<Integer> console(@Nullable List<Integer> size) {
    return size == null || size.size() != 2 || size.equals(List.of(0, 0)) ? null : size;
  }

  /** Null: none asked for. */
  static @Nullable HealthSpec health(@Nullable Healthcheck asked) {
    if (asked == null) {
      return null;
    }
    int retries = asked.retries() == null ? 0 : asked.retries();
    Refusal.when(retries < 0, "Retries in Healthcheck cannot be negative");
    return new HealthSpec(
        list(asked.test()),
        duration("Interval", asked.interval()),
        duration("Timeout", asked.timeout()),
        retries,
        duration("StartPeriod", asked.startPeriod()),
        duration("StartInterval", asked.startInterval()));
  }

  private static Duration duration(String name, @Nullable Long nanos) {
    var duration = Duration.ofNanos(nanos == null ? 0 : nanos);
    Refusal.when(
        !duration.isZero() && duration.compareTo(SHORTEST) < 0,
        name + " in Healthcheck cannot be less than 1ms");
    return duration;
  }
}
