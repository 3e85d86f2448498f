package argosy.engine.runtime;

import argosy.engine.failure.Refused;
import argosy.engine.linux.Libc;
import argosy.engine.linux.Poller;
import argosy.engine.linux.UnixPacketSocket;
import argosy.engine.runtime.ContainerRuntime.ExecPlan;
import argosy.engine.runtime.ContainerRuntime.ExecProcess;
import argosy.engine.runtime.ContainerRuntime.Exit;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A further process in a container, with a monitor of its own. With somebody listening the monitor
 * is told to start only after the connection stands, so that no output is missed.
 */
final class ConmonExec implements ExecProcess {
  private final Poller poller;
  private final Executor executor;
  private final Path directory;
  private final CompletableFuture<SyncLine> ready = new CompletableFuture<>();
  private final CompletableFuture<SyncLine> running = new CompletableFuture<>();
  private final CompletableFuture<Exit> exit = new CompletableFuture<>();
  private @Nullable ConsoleConnection console;
  private int pid;

  private ConmonExec(Poller poller, Executor executor, Path directory) {
    this.poller = poller;
    this.executor = executor;
    this.directory = directory;
  }

  /** What starting one needs from the driver around it. */
  record Tools(
      Poller poller, Executor executor, Monitor monitor, Commands commands, Launcher launcher) {}

  /**
   * Starts it and waits until it runs.
   *
   * @param directory holds its process.json; removed when the process has ended
   * @param connection makes a connection out of a descriptor
   */
  static ConmonExec start(
      Tools tools,
      OciRuntime runtime,
      ExecPlan plan,
      Path directory,
      @Nullable Listening listening) {
    var exec = new ConmonExec(tools.poller(), tools.executor(), directory);
    boolean attach = listening != null;
    try (var open = new Descriptors()) {
      int[] sync = open.pipe();
      int none = open.add(Libc.open("/dev/null", Libc.O_RDONLY | Libc.O_CLOEXEC, 0));
      int log = open.add(Monitor.openLog(directory));
      int[] go = attach ? open.pipe() : new int[2];
      int[] attached = attach ? open.pipe() : new int[2];
      var command = tools.monitor().command(runtime).exec(plan, directory, attach);
      Launcher.Launched launched =
          attach
              ? tools
                  .monitor()
                  .start(
                      tools.launcher(),
                      command,
                      Map.of("_OCI_SYNCPIPE", "3", "_OCI_STARTPIPE", "4", "_OCI_ATTACHPIPE", "5"),
                      directory,
                      none,
                      log,
                      log,
                      sync[1],
                      go[0],
                      attached[1])
              : tools
                  .monitor()
                  .start(
                      tools.launcher(),
                      command,
                      Map.of("_OCI_SYNCPIPE", "3"),
                      directory,
                      none,
                      log,
                      log,
                      sync[1]);
      open.close(sync[1]);
      tools.commands().ended(launched.pid());
      exec.listen(open.handOver(sync[0]));
      try {
        if (listening != null) {
          open.close(go[0]);
          open.close(attached[1]);
          exec.connect(open, go[1], attached[0], listening);
        }
        exec.awaitRunning(plan);
      } finally {
        launched.settle();
      }
    } catch (RuntimeException failed) {
      exec.abandon();
      throw failed;
    }
    return exec;
  }

  /** Who wants the output, and what becomes of the connection. */
  record Listening(
      Console.Listener listener, BiFunction<Integer, Console.Listener, ConsoleConnection> make) {}

  private void listen(int sync) {
    PipeText.lines(poller, sync, line -> heard(SyncLine.parse(line)))
        .thenRun(() -> {
          running.complete(new SyncLine(-1, ""));
          ended(Exit.UNKNOWN);
        });
  }

  private void heard(SyncLine line) {
    if (!running.complete(line)) {
      ended(new Exit(line.data(), false));
    }
  }

  private void ended(Exit how) {
    if (console != null) {
      console.drain();
    }
    exit.complete(how);
  }

  private void connect(Descriptors open, int go, int attached, Listening listening) {
    PipeText.lines(poller, open.handOver(attached), line -> ready.complete(SyncLine.parse(line)))
        .thenRun(() -> ready.complete(new SyncLine(-1, "")));
    tell(go);
    SyncLine socket = Waiting.on(ready, Monitor.PATIENCE, "the monitor does not answer");
    if (socket.data() == 0) {
      int fd = UnixPacketSocket.connect(directory, "attach");
      ConsoleConnection made = listening.make().apply(fd, listening.listener());
      console = made;
      poller.execute(made::begin);
      tell(go);
    }
  }

  private static void tell(int go) {
    Libc.write(go, new byte[1], 1);
  }

  private void awaitRunning(ExecPlan plan) {
    SyncLine line = Waiting.on(running, Monitor.PATIENCE, "the monitor does not answer");
    if (line.data() <= 0) {
      throw new Refused(
          RuntimeSentence.exec(
              ConfigText.processProgram(plan.process()), Monitor.reason(line, directory)));
    }
    pid = line.data();
    exit.thenRunAsync(() -> Places.remove(directory), executor);
  }

  private void abandon() {
    if (console != null) {
      console.close();
    }
    exit.completeExceptionally(new IllegalStateException("never ran"));
    Places.remove(directory);
  }

  @Override
  public int pid() {
    return pid;
  }

  @Override
  public @Nullable Console console() {
    return console;
  }

  @Override
  public void resize(int height, int width) {
    MonitorControl.resize(directory, height, width);
  }

  @Override
  public void onExit(Consumer<Exit> listener) {
    exit.thenAcceptAsync(listener, executor);
  }
}
