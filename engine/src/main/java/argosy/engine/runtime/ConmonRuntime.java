package argosy.engine.runtime;

import argosy.engine.cgroup.Cgroup;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.linux.Libc;
import argosy.engine.linux.PidFd;
import argosy.engine.linux.Poller;
import argosy.engine.linux.SystemCallFailed;
import argosy.engine.linux.UnixPacketSocket;
import argosy.engine.oci.HostFacts;
import argosy.engine.oci.ResourceTranslation;
import argosy.engine.spec.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Containers under conmon and runc or crun. */
public final class ConmonRuntime implements ContainerRuntime, AutoCloseable {
  private static final int SIGKILL = 9;
  private static final Duration GOODBYE = Duration.ofSeconds(5);

  private final RuntimeConfig config;
  private final Poller poller;
  private final Places places;
  private final Commands commands;
  private final RuntimeChoice choice;
  private final Monitor monitor;
  private final Exits exits;
  private final Consoles consoles;
  private final StartFifo fifo;
  private final CompiledSeccomp seccomp;
  private final @Nullable Path strayUnified;

  private ConmonRuntime(RuntimeConfig config, Path conmon, Poller poller) {
    this.config = config;
    this.poller = poller;
    places = Places.in(config.execRoot());
    commands = new Commands(poller, places.bundles());
    strayUnified = Cgroup.strayUnified().orElse(null);
    seccomp = new CompiledSeccomp(config.execRoot().resolve("seccomp"));
    var trial = new RuntimeTrial(places, commands);
    choice =
        RuntimeChoice.find(
            config.runtime(),
            strayUnified != null,
            commands,
            runtime -> trial.works(runtime, launcher(runtime, config.execRoot())));
    monitor = new Monitor(poller, commands, conmon, places);
    consoles = new Consoles(poller, config.consolePatience());
    exits = new Exits(poller, places, config.executor(), consoles::drain);
    fifo = new StartFifo(poller);
  }

  /**
   * Finds the monitor and the runtimes and begins to watch; containers of an earlier daemon are
   * left running and can be observed.
   *
   * @throws Refused when conmon or every OCI runtime is missing
   */
  public static ContainerRuntime open(RuntimeConfig config) {
    Path conmon =
        RuntimeChoice.program("conmon")
            .orElseThrow(
                () -> new Refused(new Failure.Unavailable("conmon not found: install conmon")));
    Poller poller = Poller.start();
    try {
      return new ConmonRuntime(config, conmon, poller);
    } catch (RuntimeException failed) {
      poller.close();
      throw failed;
    }
  }

  @Override
  public Runtimes runtimes() {
    return choice.runtimes();
  }

  @Override
  public int create(Bundle bundle) {
    OciRuntime runtime = choice.named(bundle.runtime());
    Path directory = places.bundle(bundle.id());
    delete(bundle.id());
    Places.make(directory);
    try {
      byte[] written = runtime.isCrun() ? seccomp.in(bundle.config()) : bundle.config();
      Files.write(directory.resolve("config.json"), written);
      Files.writeString(directory.resolve("runtime"), runtime.name());
      int pid = monitor.create(bundle, runtime, launcher(runtime, bundle.log()), directory);
      mark(directory, pid);
      return pid;
    } catch (IOException failed) {
      delete(bundle.id());
      throw new UncheckedIOException(failed);
    } catch (Refused refused) {
      delete(bundle.id());
      throw new Refused(
          RuntimeSentence.create(SyncLine.program(bundle.config()), refused.failure().message()),
          refused);
    } catch (RuntimeException failed) {
      delete(bundle.id());
      throw failed;
    }
  }

  /** The processes are remembered with their start times, for pids come round again. */
  private static void mark(Path directory, int pid) throws IOException {
    int conmon = Integer.parseInt(Files.readString(directory.resolve("conmon.pid")).strip());
    ProcessMark.of(conmon).ifPresent(mark -> mark.write(directory.resolve("monitor")));
    ProcessMark.of(pid).ifPresent(mark -> mark.write(directory.resolve("process")));
  }

  @Override
  public void start(String id) {
    OciRuntime runtime = runtimeOf(id).orElseThrow(() -> notRunning(id));
    if (!fifo.open(runtime, places.state(runtime, id))) {
      require(runtime, "start", id);
    }
  }

  @Override
  public void signal(String id, int signal, boolean all) {
    if (all) {
      OciRuntime runtime = runtimeOf(id).orElseThrow(() -> notRunning(id));
      require(runtime, "kill", "--all", id, String.valueOf(signal));
      return;
    }
    ProcessMark process = process(id).orElseThrow(() -> notRunning(id));
    int fd = openProcess(process).orElseThrow(() -> notRunning(id));
    try {
      PidFd.signal(fd, signal);
    } catch (SystemCallFailed failed) {
      throw failed.is(SystemCallFailed.ESRCH)
          ? notRunning(id)
          : new Refused(new Failure.Invalid(failed.getMessage()), failed);
    } finally {
      Libc.close(fd);
    }
  }

  @Override
  public void pause(String id) {
    cgroup(id).orElseThrow(() -> notRunning(id)).freeze();
  }

  @Override
  public void resume(String id) {
    cgroup(id).orElseThrow(() -> notRunning(id)).thaw();
  }

  @Override
  public void update(String id, Resources resources) {
    OciRuntime runtime = runtimeOf(id).orElseThrow(() -> notRunning(id));
    Path file = places.bundle(id).resolve("update.json");
    try {
      Files.write(file, ResourceTranslation.json(resources, host()));
      require(runtime, "update", "--resources=" + file, id);
      Files.deleteIfExists(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void delete(String id) {
    Path directory = places.bundle(id);
    Optional<OciRuntime> runtime = runtimeOf(id);
    if (runtime.isPresent() && Files.exists(places.state(runtime.get(), id))) {
      cgroup(id).ifPresent(Cgroup::thaw);
      require(runtime.get(), "delete", "--force", id);
    }
    endMonitor(directory);
    consoles.close(id);
    Places.remove(places.exit(id));
    Places.remove(directory);
  }

  /** Waits until the monitor has written what it writes at the end, so that none of it remains. */
  private void endMonitor(Path directory) {
    Optional<Integer> fd = monitor(directory).flatMap(ConmonRuntime::openProcess);
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

  @Override
  public void onExit(String id, int pid, Consumer<Exit> listener) {
    exits.await(id, pid, listener);
  }

  @Override
  public Console attach(String id, Console.Listener listener) {
    try {
      return consoles.open(id, UnixPacketSocket.connect(places.bundle(id), "attach"), listener);
    } catch (SystemCallFailed failed) {
      throw new Refused(
          new Failure.Conflict(
              "container " + id + " does not run, or its monitor is gone: " + failed.getMessage()),
          failed);
    }
  }

  @Override
  public void resize(String id, int height, int width) {
    MonitorControl.resize(places.bundle(id), height, width);
  }

  @Override
  public void reopenLog(String id) {
    MonitorControl.reopenLog(places.bundle(id));
  }

  @Override
  public ExecProcess exec(ExecPlan plan, Console.@Nullable Listener listener) {
    OciRuntime runtime = runtimeOf(plan.id()).orElseThrow(() -> notRunning(plan.id()));
    Path directory = places.bundle(plan.id()).resolve("exec").resolve(plan.exec());
    Places.make(directory);
    try {
      Files.write(directory.resolve("process.json"), plan.process());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    var tools =
        new ConmonExec.Tools(
            poller, config.executor(), monitor, commands, launcher(runtime, directory));
    ConmonExec exec =
        ConmonExec.start(
            tools,
            runtime,
            plan,
            directory,
            listener == null
                ? null
                : new ConmonExec.Listening(
                    listener, (fd, heard) -> consoles.make(plan.id(), fd, heard)));
    if (plan.tty() && plan.height() > 0 && plan.width() > 0) {
      exec.resize(plan.height(), plan.width());
    }
    return exec;
  }

  @Override
  public Observed observe(String id) {
    Optional<Exit> exit = exits.read(id);
    if (exit.isPresent()) {
      return new Observed.Ended(exit.get());
    }
    Path directory = places.bundle(id);
    Optional<OciRuntime> runtime = runtimeOf(id);
    if (runtime.isEmpty()) {
      return Files.exists(directory) ? new Observed.HalfMade() : new Observed.Absent();
    }
    Optional<ProcessMark> process = ProcessMark.read(directory.resolve("process"));
    if (process.isEmpty() || Files.exists(places.state(runtime.get(), id).resolve("exec.fifo"))) {
      return new Observed.HalfMade();
    }
    boolean monitored =
        ProcessMark.read(directory.resolve("monitor")).filter(ProcessMark::isAlive).isPresent();
    if (process.get().isAlive()) {
      boolean paused = cgroup(id).map(Cgroup::isFrozen).orElse(false);
      return new Observed.Running(process.get().pid(), paused, monitored);
    }
    endMonitor(directory);
    return new Observed.Ended(exits.read(id).orElse(Exit.UNKNOWN));
  }

  @Override
  public List<String> remains() {
    return places.ids();
  }

  /** Ends the watching; containers and their monitors live on. */
  @Override
  public void close() {
    poller.close();
  }

  private Launcher launcher(OciRuntime runtime, Path alsoNeeded) {
    return strayUnified != null && runtime.hidesUnified()
        ? new PrivateMounts(strayUnified, List.of(config.execRoot(), alsoNeeded))
        : Launcher.plain();
  }

  private void require(OciRuntime runtime, String... arguments) {
    var command = new ArrayList<>(List.of(runtime.path().toString()));
    command.add("--root=" + places.root(runtime));
    command.addAll(List.of(arguments));
    Commands.Result result = commands.run(launcher(runtime, places.bundles()), command);
    if (!result.succeeded()) {
      throw new Refused(new Failure.Internal(result.error().strip()));
    }
  }

  /**
   * By the name its bundle carries; an id that is only in a runtime's state belongs to that one.
   */
  private Optional<OciRuntime> runtimeOf(String id) {
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

  private Optional<ProcessMark> process(String id) {
    return ProcessMark.read(places.bundle(id).resolve("process")).filter(ProcessMark::isAlive);
  }

  private Optional<Cgroup> cgroup(String id) {
    return process(id).flatMap(mark -> Cgroup.of(mark.pid()));
  }

  private static Optional<Integer> openProcess(ProcessMark mark) {
    try {
      int fd = PidFd.open(mark.pid());
      if (mark.isAlive()) {
        return Optional.of(fd);
      }
      Libc.close(fd);
      return Optional.empty();
    } catch (SystemCallFailed gone) {
      return Optional.empty();
    }
  }

  private static HostFacts host() {
    return HostProbe.facts();
  }

  private static Refused notRunning(String id) {
    return new Refused(new Failure.Conflict("container " + id + " is not running"));
  }
}
