package argosy.engine.runtime;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.linux.Libc;
import argosy.engine.linux.PidFd;
import argosy.engine.linux.Poller;
import argosy.engine.linux.SystemCallFailed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Runs short programs to their end. */
final class Commands {
  /** Longer than any healthy runtime takes, on a host under load too. */
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private static final int SIGKILL = 9;

  private final Poller poller;
  private final Path directory;

  /** {@code directory}: where programs are started. */
  Commands(Poller poller, Path directory) {
    this.poller = poller;
    this.directory = directory;
  }

  /** How it ended, and what it said. */
  record Result(int code, String output, String error) {
    boolean succeeded() {
      return code == 0;
    }
  }

  /**
   * Runs it and waits, on a virtual thread.
   *
   * @throws Refused when it can not be started or does not end
   */
  Result run(Launcher launcher, List<String> command) {
    var open = new Descriptors();
    Launcher.Launched launched;
    CompletableFuture<String> output;
    CompletableFuture<String> error;
    try {
      int none = open.add(Libc.open("/dev/null", Libc.O_RDONLY | Libc.O_CLOEXEC, 0));
      int[] out = open.pipe();
      int[] err = open.pipe();
      launched = started(launcher, command, none, out[1], err[1]);
      output = PipeText.all(poller, open.handOver(out[0]));
      error = PipeText.all(poller, open.handOver(err[0]));
    } finally {
      open.close();
    }
    int code = codeOf(launched, command);
    return new Result(code, Waiting.on(output), Waiting.on(error));
  }

  /**
   * Runs it with nobody listening, for what leaves processes behind that would keep a pipe open.
   */
  int runSilently(Launcher launcher, List<String> command) {
    Launcher.Launched launched;
    try (var open = new Descriptors()) {
      int none = open.add(Libc.open("/dev/null", Libc.O_RDWR | Libc.O_CLOEXEC, 0));
      launched = started(launcher, command, none, none, none);
    }
    return codeOf(launched, command);
  }

  private int codeOf(Launcher.Launched launched, List<String> command) {
    try {
      return Waiting.on(ended(launched.pid()), PATIENCE, command.getFirst() + " does not end");
    } finally {
      launched.settle();
    }
  }

  private Launcher.Launched started(Launcher launcher, List<String> command, int... descriptors) {
    try {
      return launcher.start(command, Launcher.ENVIRONMENT, directory, descriptors);
    } catch (SystemCallFailed failed) {
      throw new Refused(new Failure.Internal(failed.getMessage()), failed);
    }
  }

  /** Takes a child away when it ends; brings its exit code. One that never ends is killed. */
  CompletableFuture<Integer> ended(int child) {
    var code = new CompletableFuture<Integer>();
    int fd = PidFd.open(child);
    poller.execute(() -> {
      var late = poller.schedule(PATIENCE, () -> PidFd.signal(fd, SIGKILL));
      var watch = new Watch(child, fd, late, code);
      watch.begin(poller);
    });
    return code;
  }

  private static final class Watch {
    private final int child;
    private final int fd;
    private final Poller.Timer late;
    private final CompletableFuture<Integer> code;
    private Poller.@org.jspecify.annotations.Nullable Registration registration;

    Watch(int child, int fd, Poller.Timer late, CompletableFuture<Integer> code) {
      this.child = child;
      this.fd = fd;
      this.late = late;
      this.code = code;
    }

    void begin(Poller poller) {
      registration = poller.register(fd, Poller.IN, _ -> end());
    }

    private void end() {
      late.cancel();
      if (registration != null) {
        registration.close();
      }
      code.complete(PidFd.reap(child));
    }
  }
}
