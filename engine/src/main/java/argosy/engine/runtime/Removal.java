package argosy.engine.runtime;

import argosy.engine.cgroup.Cgroup;
import argosy.engine.cgroup.CgroupRemoval;
import argosy.engine.linux.PidFd;
import argosy.engine.linux.Poller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Takes away everything of a container, running or not; what is gone already is fine. */
final class Removal {
  private static final int SIGKILL = 9;

  /** How long a monitor may take to write its last words. */
  private static final Duration GOODBYE = Duration.ofSeconds(5);

  private final Installed installed;
  private final Places places;
  private final Poller poller;
  private final Consoles consoles;

  Removal(Installed installed, Poller poller, Consoles consoles) {
    this.installed = installed;
    this.places = installed.places();
    this.poller = poller;
    this.consoles = consoles;
  }

  void delete(String id) {
    Path directory = places.bundle(id);
    new HalfMade(directory).await();
    Optional<OciRuntime> runtime = installed.of(id);
    boolean known = runtime.isPresent() && Files.exists(places.state(runtime.get(), id));
    if (known && !sweep(runtime.get(), id)) {
      installed.cgroup(id).ifPresent(Cgroup::thaw);
      installed.require(runtime.get(), "delete", "--force", id);
    }
    endMonitor(directory);
    consoles.close(id);
    Places.remove(places.exit(id));
    Places.remove(directory);
  }

  /**
   * Forgets a container whose first process has ended: its control groups and the runtime's notes.
   * The runtime's own delete does no more for a container without hooks, but costs a process (5
   * ms).
   *
   * @return false when something of it still runs, or may: then the runtime must see to it
   */
  private boolean sweep(OciRuntime runtime, String id) {
    Path directory = places.bundle(id);
    boolean ended =
        ProcessMark.read(directory.resolve("process")).filter(it -> !it.isAlive()).isPresent();
    try {
      String group =
          ended ? ConfigText.cgroup(Files.readAllBytes(directory.resolve("config.json"))) : "";
      if (group.isEmpty() || !CgroupRemoval.remove(group)) {
        return false;
      }
      Places.remove(places.state(runtime, id));
      return true;
    } catch (IOException unclear) {
      return false;
    }
  }

  /** Waits until the monitor has written what it writes at the end, so that none of it remains. */
  void endMonitor(Path directory) {
    Optional<Integer> fd = monitor(directory).flatMap(ProcessMark::open);
    if (fd.isPresent()) {
      Goodbye.await(poller, fd.get(), GOODBYE, () -> PidFd.signal(fd.get(), SIGKILL));
    }
  }

  /** A daemon that was killed at the wrong moment knows only what the monitor itself wrote down. */
  private static Optional<ProcessMark> monitor(Path directory) {
    Optional<ProcessMark> mark = ProcessMark.read(directory.resolve("monitor"));
    return mark.isPresent()
        ? mark
        : ProcessMark.ofPidFile(directory.resolve("conmon.pid"), directory.toString());
  }
}
