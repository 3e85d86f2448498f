package argosy.engine.container;

import argosy.engine.network.Sandbox;
import argosy.engine.spec.ContainerSpec;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A container as the engine sees it now: what list rows and inspect are made of.
 *
 * @param spec the image's defaults already filled in
 * @param imageId {@code sha256:…}
 * @param sandbox null while it has no network of its own
 * @param health null when it has no health check
 * @param sizes null unless asked for
 */
public record Container(
    String id,
    String name,
    Instant created,
    ContainerSpec spec,
    String imageId,
    Lifecycle state,
    int restartCount,
    @Nullable Sandbox sandbox,
    List<MountPoint> mounts,
    Paths paths,
    List<String> execs,
    @Nullable Health health,
    @Nullable Sizes sizes) {
  public Container {
    mounts = List.copyOf(mounts);
    execs = List.copyOf(execs);
  }

  /** The same, with its sizes. */
  public Container sized(Sizes measured) {
    return new Container(
        id,
        name,
        created,
        spec,
        imageId,
        state,
        restartCount,
        sandbox,
        mounts,
        paths,
        execs,
        health,
        measured);
  }

  /** A mount as resolved; {@code name} is the volume's, "" for others. */
  public record MountPoint(
      String type,
      String name,
      String source,
      String destination,
      String driver,
      String mode,
      boolean writable,
      String propagation) {}

  /** Absolute paths on the host. */
  public record Paths(
      String log,
      String resolvConf,
      String hostname,
      String hosts,
      String lower,
      String upper,
      String work,
      String merged) {}

  /** {@code writable}: bytes of the upper layer; {@code total}: with the image's layers. */
  public record Sizes(long writable, long total) {}

  /** {@code status}: starting, healthy, unhealthy. */
  public record Health(String status, int failingStreak, List<Probe> log) {
    public Health {
      log = List.copyOf(log);
    }

    public record Probe(Instant start, Instant end, int exitCode, String output) {}
  }
}
