package argosy.engine.runtime;

import argosy.engine.cgroup.LimitChange;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.linux.Libc;
import argosy.engine.linux.PidFd;
import argosy.engine.linux.Poller;
import argosy.engine.linux.SystemCallFailed;
import argosy.engine.linux.UnixPacketSocket;
import argosy.engine.spec.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Containers under conmon and runc or crun. */
public final class ConmonRuntime implements ContainerRuntime, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConmonRuntime.class);

  private final RuntimeConfig config;
  private final Poller poller;
  private final Places places;
  private final Commands commands;
  private final Monitor monitor;
  private final Exits exits;
  private final Consoles consoles;
  private final StartFifo fifo;
  private final CompiledSeccomp seccomp;
  private final Installed installed;
  private final Removal removal;
  private final Observation observation;

  private ConmonRuntime(RuntimeConfig config, Path conmon, Poller poller) {
    this.config = config;
    this.poller = poller;
    places = Places.in(config.execRoot());
    commands = new Commands(poller, places.bundles());
    seccomp = new CompiledSeccomp(config.execRoot().resolve("seccomp"));
    installed = Installed.on(config, places, commands);
    monitor = new Monitor(poller, commands, conmon, installed);
    consoles = new Consoles(poller, config.consolePatience());
    exits = new Exits(poller, places, config.executor(), consoles::drain);
    fifo = new StartFifo(poller);
    removal = new Removal(installed, poller, consoles);
    observation = new Observation(installed, exits, removal);
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
    return installed.choice().runtimes();
  }

  @Override
  public int create(Bundle bundle) {
    OciRuntime runtime = installed.choiceFor(bundle);
    Path directory = places.bundle(bundle.id());
    delete(bundle.id());
    Places.make(directory);
    try {
      byte[] written = runtime.isCrun() ? seccomp.in(bundle.config()) : bundle.config();
      Files.write(directory.resolve("config.json"), written);
      Files.writeString(directory.resolve("runtime"), runtime.name());
      int pid =
          monitor.create(bundle, runtime, installed.launcher(runtime, bundle.log()), directory);
      mark(directory, pid);
      if (bundle.stdin() && bundle.stdinOnce()) {
        consoles.endsWithFirstClient(bundle.id());
      }
      return pid;
    } catch (IOException failed) {
      delete(bundle.id());
      throw new UncheckedIOException(failed);
    } catch (Refused refused) {
      delete(bundle.id());
      throw new Refused(
          RuntimeSentence.create(ConfigText.program(bundle.config()), refused.failure().message()),
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
    OciRuntime runtime = installed.running(id);
    if (!fifo.open(runtime, places.state(runtime, id))) {
      installed.require(runtime, "start", id);
    }
  }

  @Override
  public void signal(String id, int signal, boolean all) {
    if (all) {
      OciRuntime runtime = installed.running(id);
      installed.require(runtime, "kill", "--all", id, String.valueOf(signal));
      return;
    }
    ProcessMark process = installed.process(id).orElseThrow(() -> Installed.notRunning(id));
    int fd = process.open().orElseThrow(() -> Installed.notRunning(id));
    try {
      PidFd.signal(fd, signal);
    } catch (SystemCallFailed failed) {
      throw failed.is(SystemCallFailed.ESRCH)
          ? Installed.notRunning(id)
          : new Refused(new Failure.Invalid(failed.getMessage()), failed);
    } finally {
      Libc.close(fd);
    }
  }

  @Override
  public void pause(String id) {
    installed.cgroup(id).orElseThrow(() -> Installed.notRunning(id)).freeze();
  }

  @Override
  public void resume(String id) {
    installed.cgroup(id).orElseThrow(() -> Installed.notRunning(id)).thaw();
  }

  @Override
  public void update(String id, Resources from, Resources to) {
    installed
        .cgroup(id)
        .orElseThrow(() -> Installed.notRunning(id))
        .change(new LimitChange(from, to));
  }

  @Override
  public void delete(String id) {
    removal.delete(id);
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
    OciRuntime runtime = installed.running(plan.id());
    Path directory = places.bundle(plan.id()).resolve("exec").resolve(plan.exec());
    Places.make(directory);
    try {
      Files.write(directory.resolve("process.json"), plan.process());
      AdoptedExec.note(directory, plan.note());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    var tools =
        new ConmonExec.Tools(
            poller, config.executor(), monitor, commands, installed.launcher(runtime, directory));
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
      firstSize(exec, plan);
    }
    return exec;
  }

  private static void firstSize(ExecProcess exec, ExecPlan plan) {
    try {
      exec.resize(plan.height(), plan.width());
    } catch (Refused over) {
      LOG.debug("{} ended before it had its terminal's size: {}", plan.exec(), over.getMessage());
    }
  }

  @Override
  public List<Adopted> adopt(String id) {
    return AdoptedExec.in(places.bundle(id).resolve("exec"), id, poller, config.executor());
  }

  @Override
  public Observed observe(String id) {
    return observation.of(id);
  }

  @Override
  public List<String> remains() {
    return places.ids();
  }

  /** Ends the watching; containers and their monitors live on. */
  @Override
  public void close() {
    installed.programs().close();
    poller.close();
  }
}
