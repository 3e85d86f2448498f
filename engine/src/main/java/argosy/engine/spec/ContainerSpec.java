package argosy.engine.spec;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a user asked of a container. The parts carry Docker's field names and units; what the
 * user left open is null or empty, and {@code overImage} in the image package fills it in at
 * create.
 *
 * @param image the reference as the user wrote it
 * @param health null: none asked for, the image's applies
 * @param runtime null: the daemon's default runtime
 * @param platform null: the host's own
 */
public record ContainerSpec(
    String image,
    ProcessSpec process,
    Identity identity,
    Isolation isolation,
    Security security,
    Resources resources,
    Storage storage,
    NetworkSpec network,
    LogSpec log,
    RestartPolicy restart,
    @Nullable HealthSpec health,
    boolean autoRemove,
    @Nullable String runtime,
    @Nullable String platform) {

  /** The same on other networks. */
  public ContainerSpec on(NetworkSpec other) {
    return new ContainerSpec(
        image,
        process,
        identity,
        isolation,
        security,
        resources,
        storage,
        other,
        log,
        restart,
        health,
        autoRemove,
        runtime,
        platform);
  }

  /** The same with these variables before its own; its own win. */
  public ContainerSpec with(List<String> variables) {
    return variables.isEmpty()
        ? this
        : new ContainerSpec(
            image,
            process.with(variables),
            identity,
            isolation,
            security,
            resources,
            storage,
            network,
            log,
            restart,
            health,
            autoRemove,
            runtime,
            platform);
  }

  /** Who the container is to itself and to those who filter. */
  public record Identity(
      String hostname,
      String domainname,
      Map<String, String> labels,
      Map<String, String> annotations) {
    public Identity {
      labels = Map.copyOf(labels);
      annotations = Map.copyOf(annotations);
    }
  }

  /** Namespace modes in Docker's words ("", "host", "private", "container:ID", "shareable"). */
  public record Isolation(
      String ipc, String pid, String uts, String userns, String cgroupns, boolean init) {}

  /** {@code --log-driver} and {@code --log-opt}. */
  public record LogSpec(String driver, Map<String, String> options) {
    public LogSpec {
      options = Map.copyOf(options);
    }
  }

  /** {@code --restart}; {@code maximumRetries} 0 is unlimited. */
  public record RestartPolicy(Name name, int maximumRetries) {
    public enum Name {
      NO,
      ALWAYS,
      UNLESS_STOPPED,
      ON_FAILURE
    }

    public static final RestartPolicy NONE = new RestartPolicy(Name.NO, 0);
  }
}
