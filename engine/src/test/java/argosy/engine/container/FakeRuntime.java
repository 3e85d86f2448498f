package argosy.engine.container;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.runtime.Console;
import argosy.engine.runtime.ContainerRuntime;
import argosy.engine.spec.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A runtime without processes: a test says what they print and when they end. */
public final class FakeRuntime implements ContainerRuntime {
  private final AtomicInteger pids = new AtomicInteger(1000);
  private final Map<String, Running> running = new ConcurrentHashMap<>();
  public final Map<String, Observed> observed = new ConcurrentHashMap<>();
  public final List<String> calls = new CopyOnWriteArrayList<>();
  public final List<FakeExec> execs = new CopyOnWriteArrayList<>();
  public final Map<String, Adopted> adopted = new ConcurrentHashMap<>();
  public volatile @Nullable String createFails;
  public volatile @Nullable String updateFails;
  public volatile @Nullable String startFails;
  public volatile @Nullable String execFails;

  /** What an exec waits for before it runs. */
  public volatile CompletableFuture<Void> execGate = CompletableFuture.completedFuture(null);

  /** What the process prints, and how it ends, as soon as it is started; null: it goes on. */
  public volatile @Nullable String printsAtOnce;

  public volatile @Nullable Integer endsAtOnce;

  /** Signals that end a process with 128 + signal. */
  public volatile List<Integer> deadly = List.of(9, 15);

  /** Processes have ended, but nobody was told yet. */
  public volatile boolean endedUnheard;

  private static final class Running {
    final Bundle bundle;
    final int pid;
    final List<FakeConsole> consoles = new CopyOnWriteArrayList<>();
    final List<Consumer<Exit>> listeners = new CopyOnWriteArrayList<>();
    volatile boolean started;
    volatile boolean paused;

    Running(Bundle bundle, int pid) {
      this.bundle = bundle;
      this.pid = pid;
    }
  }

  /** One client's connection. */
  public static final class FakeConsole implements Console {
    public final Listener listener;
    public final StringBuffer input = new StringBuffer();
    public volatile boolean inputEnded;
    public volatile boolean closed;
    public volatile boolean stalled;

    FakeConsole(Listener listener) {
      this.listener = listener;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      input.append(new String(bytes, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public void endInput() {
      inputEnded = true;
    }

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public void resume() {
      stalled = false;
    }
  }

  /** An exec's process. */
  public static final class FakeExec implements ExecProcess {
    public final ExecPlan plan;
    public final @Nullable FakeConsole console;
    private final List<Consumer<Exit>> listeners = new CopyOnWriteArrayList<>();

    FakeExec(ExecPlan plan, @Nullable FakeConsole console) {
      this.plan = plan;
      this.console = console;
    }

    @Override
    public int pid() {
      return 4242;
    }

    @Override
    public @Nullable Console console() {
      return console;
    }

    @Override
    public void resize(int height, int width) {}

    @Override
    public void onExit(Consumer<Exit> listener) {
      listeners.add(listener);
    }

    public boolean isAwaited() {
      return !listeners.isEmpty();
    }

    public void print(String text) {
      if (console != null) {
        console.listener.output(false, text.getBytes(StandardCharsets.UTF_8));
      }
    }

    public void exit(int code) {
      if (console != null) {
        console.listener.closed();
      }
      listeners.forEach(listener -> listener.accept(new Exit(code, false)));
    }
  }

  @Override
  public Runtimes runtimes() {
    return new Runtimes(List.of(new Runtimes.Found("fake", Path.of("/fake"), "1")), "fake");
  }

  @Override
  public int create(Bundle bundle) {
    calls.add("create " + bundle.id());
    refuse(createFails);
    int pid = pids.incrementAndGet();
    running.put(bundle.id(), new Running(bundle, pid));
    return pid;
  }

  private static void refuse(@Nullable String sentence) {
    if (sentence != null) {
      throw new Refused(new Failure.Internal(sentence));
    }
  }

  @Override
  public void start(String id) {
    calls.add("start " + id);
    refuse(startFails);
    var process = get(id);
    process.started = true;
    String prints = printsAtOnce;
    if (prints != null) {
      print(id, prints);
    }
    Integer code = endsAtOnce;
    if (code != null) {
      exit(id, code);
    }
  }

  private Running get(String id) {
    var process = running.get(id);
    if (process == null) {
      throw new Refused(new Failure.Internal("container does not exist"));
    }
    return process;
  }

  /** The process prints a line. */
  public void print(String id, String line) {
    var process = get(id);
    log(process.bundle.log(), line);
    for (FakeConsole console : process.consoles) {
      boolean more = console.listener.output(false, (line + "\n").getBytes(StandardCharsets.UTF_8));
      console.stalled |= !more;
    }
  }

  private static void log(Path file, String line) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(
          file,
          "2026-11-21T17:49:06.427907093+00:00 stdout F " + line + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process ends. */
  public void exit(String id, int code) {
    var process = get(id);
    running.remove(id);
    observed.put(id, new Observed.Ended(new Exit(code, false)));
    process.consoles.forEach(console -> console.listener.closed());
    process.listeners.forEach(listener -> listener.accept(new Exit(code, false)));
  }

  public boolean isRunning(String id) {
    return running.containsKey(id);
  }

  /** How many wait for its end. */
  public int listeners(String id) {
    return get(id).listeners.size();
  }

  public int pid(String id) {
    return get(id).pid;
  }

  public List<FakeConsole> consoles(String id) {
    return new ArrayList<>(get(id).consoles);
  }

  @Override
  public void signal(String id, int signal, boolean all) {
    calls.add("signal " + signal);
    get(id);
    if (endedUnheard) {
      throw new Refused(new Failure.Conflict("container " + id + " is not running"));
    }
    if (deadly.contains(signal)) {
      exit(id, 128 + signal);
    }
  }

  @Override
  public void pause(String id) {
    get(id).paused = true;
  }

  @Override
  public void resume(String id) {
    var process = running.get(id);
    if (process != null) {
      process.paused = false;
    }
  }

  @Override
  public void update(String id, Resources from, Resources to) {
    refuse(updateFails);
    calls.add("update " + id);
  }

  @Override
  public void delete(String id) {
    calls.add("delete " + id);
    running.remove(id);
    observed.remove(id);
  }

  @Override
  public void onExit(String id, int pid, Consumer<Exit> listener) {
    get(id).listeners.add(listener);
  }

  @Override
  public Console attach(String id, Console.Listener listener) {
    var console = new FakeConsole(listener);
    get(id).consoles.add(console);
    return console;
  }

  @Override
  public void resize(String id, int height, int width) {
    calls.add("resize " + height + "x" + width);
  }

  @Override
  public void reopenLog(String id) {
    calls.add("reopen " + id);
  }

  @Override
  public ExecProcess exec(ExecPlan plan, Console.@Nullable Listener listener) {
    execGate.join();
    refuse(execFails);
    var exec = new FakeExec(plan, listener == null ? null : new FakeConsole(listener));
    execs.add(exec);
    return exec;
  }

  @Override
  public List<Adopted> adopt(String id) {
    return adopted.remove(id) instanceof Adopted exec ? List.of(exec) : List.of();
  }

  @Override
  public Observed observe(String id) {
    var process = running.get(id);
    if (process != null) {
      return process.started
          ? new Observed.Running(process.pid, process.paused, true)
          : new Observed.HalfMade();
    }
    return observed.getOrDefault(id, new Observed.Absent());
  }

  @Override
  public List<String> remains() {
    return List.copyOf(running.keySet());
  }
}
