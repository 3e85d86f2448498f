package argosy.engine.runtime;

import argosy.engine.cgroup.Cgroup;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The runtimes of this host, how each is called, and which has which container.
 *
 * @param strayUnified a mount that some of them must not see; null on most hosts
 */
record Installed(
    RuntimeChoice choice,
    Places places,
    Commands commands,
    Programs programs,
    Path execRoot,
    @Nullable Path strayUnified) {

  /** Looks for them, and tries out the one that would be the default. */
  static Installed on(RuntimeConfig config, Places places, Commands commands) {
    Path stray = Cgroup.strayUnified().orElse(null);
    var trial = new RuntimeTrial(places, commands);
    RuntimeChoice choice =
        RuntimeChoice.find(
            config.runtime(),
            stray != null,
            commands,
            runtime ->
                trial.works(
                    runtime, launcher(runtime, stray, config.execRoot(), config.execRoot())));
    return new Installed(choice, places, commands, new Programs(), config.execRoot(), stray);
  }

  /**
   * The runtime for a new container. One that must be started in a copy of the host's mounts can
   * not give the host a mount that is made in the container, so whoever wants that gets another.
   */
  OciRuntime choiceFor(ContainerRuntime.Bundle bundle) {
    OciRuntime runtime = choice.named(bundle.runtime());
    boolean free = runtime.equals(choice.usual());
    if (free && runtime.hidesUnified() && ConfigText.sharesMounts(bundle.config())) {
      return choice.all().filter(other -> !other.hidesUnified()).findFirst().orElse(runtime);
    }
    return runtime;
  }

  /** {@code alsoNeeded}: what a monitor uses besides the exec root. */
  Launcher launcher(OciRuntime runtime, Path alsoNeeded) {
    return launcher(runtime, strayUnified, execRoot, alsoNeeded);
  }

  private static Launcher launcher(
      OciRuntime runtime, @Nullable Path stray, Path execRoot, Path alsoNeeded) {
    return stray != null && runtime.hidesUnified()
        ? new PrivateMounts(stray, List.of(execRoot, alsoNeeded))
        : Launcher.plain();
  }

  /** What to run of it. */
  Path program(OciRuntime runtime) {
    return programs.of(runtime);
  }

  /** Runs one of its commands; refused with what it says when it fails. */
  void require(OciRuntime runtime, String... arguments) {
    var command = new ArrayList<>(List.of(program(runtime).toString()));
    command.add("--root=" + places.root(runtime));
    command.addAll(List.of(arguments));
    Commands.Result result = commands.run(launcher(runtime, execRoot), command);
    if (!result.succeeded()) {
      throw new Refused(new Failure.Internal(result.error().strip()));
    }
  }

  /**
   * By the name its bundle carries; an id that is only in a runtime's state belongs to that one.
   */
  Optional<OciRuntime> of(String id) {
    try {
      Path file = places.bundle(id).resolve("runtime");
      String name = Files.exists(file) ? Files.readString(file).strip() : "";
      return choice
          .all()
          .filter(runtime ->
              runtime.name().equals(name)
                  || (name.isEmpty() && Files.exists(places.state(runtime, id))))
          .findFirst();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  OciRuntime running(String id) {
    return of(id).orElseThrow(() -> notRunning(id));
  }

  /** Its first process, if that lives. */
  Optional<ProcessMark> process(String id) {
    return ProcessMark.read(places.bundle(id).resolve("process")).filter(ProcessMark::isAlive);
  }

  Optional<Cgroup> cgroup(String id) {
    return process(id).flatMap(mark -> Cgroup.of(mark.pid()));
  }

  static Refused notRunning(String id) {
    return new Refused(new Failure.Conflict("container " + id + " is not running"));
  }
}
