package argosy.engine.container;

import argosy.engine.failure.Done;
import argosy.engine.image.ImageConfig;
import argosy.engine.network.Sandbox;
import argosy.engine.protocol.Request;
import argosy.engine.spec.ContainerSpec;
import argosy.engine.spec.ContainerSpec.RestartPolicy;
import argosy.engine.spec.NetworkSpec.Binding;
import argosy.engine.spec.Port;
import argosy.engine.spec.Resources;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of containers. A reference is a name (with or without its slash), an id, or a
 * unique prefix of an id.
 */
public sealed interface ContainerRequest<R> extends Request<R> {

  /** {@code name} null: the engine makes one up. */
  record Create(@Nullable String name, ContainerSpec spec) implements ContainerRequest<Created> {
    @Override
    public Class<Created> reply() {
      return Created.class;
    }
  }

  record Created(String id, List<String> warnings) {
    public Created {
      warnings = List.copyOf(warnings);
    }
  }

  /** {@code filters}: Docker's names to the accepted values; {@code limit} 0 is all. */
  record Find(boolean all, int limit, boolean size, Map<String, List<String>> filters)
      implements ContainerRequest<Listed> {
    @Override
    public Class<Listed> reply() {
      return Listed.class;
    }
  }

  record Listed(List<Container> containers) {
    public Listed {
      containers = List.copyOf(containers);
    }
  }

  record Inspect(String reference, boolean size) implements ContainerRequest<Container> {
    @Override
    public Class<Container> reply() {
      return Container.class;
    }
  }

  record Start(String reference) implements Order {}

  /** Seconds; {@code timeout} null: the container's own, -1: for ever. */
  record Stop(String reference, @Nullable String signal, @Nullable Integer timeout)
      implements Order {
    @Override
    public Duration patience() {
      return patienceFor(timeout);
    }
  }

  record Restart(String reference, @Nullable String signal, @Nullable Integer timeout)
      implements Order {
    @Override
    public Duration patience() {
      return patienceFor(timeout);
    }
  }

  /** {@code signal}: a number or a name, with or without SIG. */
  record Kill(String reference, String signal) implements Order {}

  record Pause(String reference) implements Order {}

  record Unpause(String reference) implements Order {}

  record Rename(String reference, String name) implements Order {}

  record Remove(String reference, boolean force, boolean volumes) implements Order {}

  record Resize(String reference, int height, int width) implements Order {}

  record Update(String reference, Resources resources, @Nullable RestartPolicy restart)
      implements ContainerRequest<Created> {
    @Override
    public Class<Created> reply() {
      return Created.class;
    }
  }

  /**
   * Publishes ports of a container and withdraws others, running or not; all of it or nothing. An
   * empty list stands for one binding at any port of the host, in {@code remove} for all there are;
   * there an empty field fits everything. Argosy's own.
   */
  record Publish(String reference, Map<Port, List<Binding>> add, Map<Port, List<Binding>> remove)
      implements ContainerRequest<PublishedPorts> {
    public Publish {
      add = Map.copyOf(add);
      remove = Map.copyOf(remove);
    }

    @Override
    public Class<PublishedPorts> reply() {
      return PublishedPorts.class;
    }
  }

  /**
   * What is published after a change.
   *
   * @param bindings what the container asks for from now on
   * @param published what it has now; nothing while it does not run
   */
  record PublishedPorts(Map<Port, List<Binding>> bindings, List<Sandbox.Published> published) {
    public PublishedPorts {
      bindings = Map.copyOf(bindings);
      published = List.copyOf(published);
    }
  }

  record Top(String reference, String psArguments) implements ContainerRequest<Processes> {
    @Override
    public Class<Processes> reply() {
      return Processes.class;
    }
  }

  record Processes(List<String> titles, List<List<String>> rows) {
    public Processes {
      titles = List.copyOf(titles);
      rows = List.copyOf(rows);
    }
  }

  record Changes(String reference) implements ContainerRequest<Changed> {
    @Override
    public Class<Changed> reply() {
      return Changed.class;
    }
  }

  record Changed(List<Change> changes) {
    public Changed {
      changes = List.copyOf(changes);
    }

    /** {@code kind}: 0 modified, 1 added, 2 deleted. */
    public record Change(String path, int kind) {}
  }

  /**
   * Makes an image of it.
   *
   * @param repository "" for an image without a name
   * @param changes Dockerfile lines
   * @param pause freeze it while its files are read
   * @param config what the image's configuration shall be instead of the container's own; null:
   *     that
   */
  record Commit(
      String reference,
      String repository,
      String tag,
      String author,
      String comment,
      List<String> changes,
      boolean pause,
      @Nullable ImageConfig config)
      implements ContainerRequest<Committed> {
    public Commit {
      changes = List.copyOf(changes);
    }

    @Override
    public Class<Committed> reply() {
      return Committed.class;
    }

    @Override
    public Duration patience() {
      return Duration.ofHours(6);
    }
  }

  /** {@code image}: {@code sha256:…}. */
  record Committed(String image) {}

  record Prune(Map<String, List<String>> filters) implements ContainerRequest<Pruned> {
    @Override
    public Class<Pruned> reply() {
      return Pruned.class;
    }
  }

  record Pruned(List<String> ids, long reclaimed) {
    public Pruned {
      ids = List.copyOf(ids);
    }
  }

  record CreateExec(String reference, ExecSpec spec) implements ContainerRequest<Created> {
    @Override
    public Class<Created> reply() {
      return Created.class;
    }
  }

  record InspectExec(String exec) implements ContainerRequest<Exec> {
    @Override
    public Class<Exec> reply() {
      return Exec.class;
    }
  }

  record ResizeExec(String exec, int height, int width) implements Order {}

  /** {@code user} and {@code workingDir} "": the container's. */
  record ExecSpec(
      List<String> command,
      List<String> env,
      String user,
      String workingDir,
      boolean tty,
      boolean privileged,
      boolean stdin,
      boolean stdout,
      boolean stderr,
      String detachKeys) {
    public ExecSpec {
      command = List.copyOf(command);
      env = List.copyOf(env);
    }
  }

  /** {@code exitCode} null until it ended; {@code pid} 0 while it does not run. */
  record Exec(
      String id,
      String container,
      ExecSpec spec,
      boolean running,
      @Nullable Integer exitCode,
      int pid) {}

  /** A request whose good answer says no more than that it is done. */
  sealed interface Order extends ContainerRequest<Done> {
    @Override
    default Class<Done> reply() {
      return Done.class;
    }
  }

  private static Duration patienceFor(@Nullable Integer seconds) {
    int wait = seconds == null ? 300 : seconds;
    return wait < 0 ? Duration.ofDays(1) : Duration.ofSeconds(wait + 60L);
  }
}
