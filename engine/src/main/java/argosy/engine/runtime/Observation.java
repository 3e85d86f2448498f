package argosy.engine.runtime;

import argosy.engine.cgroup.Cgroup;
import argosy.engine.runtime.ContainerRuntime.Exit;
import argosy.engine.runtime.ContainerRuntime.Observed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What is true of a container, told from files and the kernel: no process is started for it. */
record Observation(Installed installed, Exits exits, Removal removal) {

  Observed of(String id) {
    Optional<Exit> exit = exits.read(id);
    if (exit.isPresent()) {
      return new Observed.Ended(exit.get());
    }
    Path directory = installed.places().bundle(id);
    Optional<OciRuntime> runtime = installed.of(id);
    if (runtime.isEmpty()) {
      return Files.exists(directory) ? new Observed.HalfMade() : new Observed.Absent();
    }
    Optional<ProcessMark> process = ProcessMark.read(directory.resolve("process"));
    if (process.isEmpty()
        || Files.exists(installed.places().state(runtime.get(), id).resolve("exec.fifo"))) {
      return new Observed.HalfMade();
    }
    boolean monitored =
        ProcessMark.read(directory.resolve("monitor")).filter(ProcessMark::isAlive).isPresent();
    if (process.get().isAlive()) {
      boolean paused = installed.cgroup(id).map(Cgroup::isFrozen).orElse(false);
      return new Observed.Running(process.get().pid(), paused, monitored);
    }
    removal.endMonitor(directory);
    return new Observed.Ended(exits.read(id).orElse(Exit.UNKNOWN));
  }
}
