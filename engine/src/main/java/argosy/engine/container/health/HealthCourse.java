package argosy.engine.container.health;

import argosy.engine.container.Container.Health;
import argosy.engine.container.Container.Health.Probe;
import argosy.engine.spec.HealthSpec;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What probes say about a container's health, by Docker's rules. */
public final class HealthCourse {
  private static final int KEPT = 5;

  private final HealthSpec spec;

  public HealthCourse(HealthSpec spec) {
    this.spec = spec;
  }

  public static final Health STARTING = new Health("starting", 0, List.of());

  /**
   * A run begins.
   *
   * @param before of the run before; what its probes said stays to be read
   */
  public static Health begun(@Nullable Health before) {
    return before == null ? STARTING : new Health("starting", 0, before.log());
  }

  /** A run is over: as in Docker nothing that does not run is healthy. */
  public static @Nullable Health over(@Nullable Health last) {
    return last == null ? null : new Health("unhealthy", last.failingStreak(), last.log());
  }

  /** Whether there is anything to probe. */
  public static boolean isAsked(HealthSpec spec) {
    return !spec.test().isEmpty() && !spec.test().getFirst().equals("NONE");
  }

  /** The command that probes, with the shell in front where one is asked for. */
  public static List<String> command(HealthSpec spec) {
    var words = spec.test().subList(1, spec.test().size());
    return spec.test().getFirst().equals("CMD-SHELL")
        ? List.of("/bin/sh", "-c", String.join(" ", words))
        : List.copyOf(words);
  }

  /** How long one probe may take. */
  public Duration timeout() {
    return or(spec.timeout(), Duration.ofSeconds(30));
  }

  /** What is noted of a probe that took too long. */
  public static String overtime(Duration timeout) {
    return "Health check exceeded timeout (" + go(timeout) + ")";
  }

  /** As Go writes durations: {@code 300ms}, {@code 1.5s}, {@code 2m0s}. */
  private static String go(Duration duration) {
    if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
      return decimal(duration.toNanos(), 6) + "ms";
    }
    String seconds = decimal(duration.toNanos() % 60_000_000_000L, 9) + "s";
    long minutes = duration.toMinutes();
    if (minutes == 0) {
      return seconds;
    }
    return minutes < 60
        ? minutes + "m" + seconds
        : minutes / 60 + "h" + minutes % 60 + "m" + seconds;
  }

  private static String decimal(long value, int digits) {
    return BigDecimal.valueOf(value, digits).stripTrailingZeros().toPlainString();
  }

  /** How long to wait before the next probe of a run that has lasted for {@code up}. */
  public Duration pause(Health health, Duration up) {
    boolean early = health.status().equals("starting") && isEarly(up);
    return early
        ? or(spec.startInterval(), Duration.ofSeconds(5))
        : or(spec.interval(), Duration.ofSeconds(30));
  }

  private boolean isEarly(Duration up) {
    return up.compareTo(spec.startPeriod()) < 0;
  }

  private static Duration or(Duration asked, Duration fallback) {
    return asked.isZero() ? fallback : asked;
  }

  /**
   * One success makes it healthy, {@code retries} failures in a row unhealthy.
   *
   * @param up how long the run had lasted when the probe began
   */
  public Health probed(Health health, Probe probe, Duration up) {
    var log = new ArrayList<>(health.log());
    log.add(probe);
    var kept = log.subList(Math.max(0, log.size() - KEPT), log.size());
    if (probe.exitCode() == 0) {
      return new Health("healthy", 0, kept);
    }
    boolean forgiven = health.status().equals("starting") && isEarly(up);
    int streak = forgiven ? health.failingStreak() : health.failingStreak() + 1;
    int retries = spec.retries() == 0 ? 3 : spec.retries();
    return new Health(streak >= retries ? "unhealthy" : health.status(), streak, kept);
  }
}
