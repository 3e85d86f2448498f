package argosy.engine.runtime;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.linux.Libc;
import argosy.engine.linux.Poller;
import argosy.engine.linux.SystemCallFailed;
import argosy.engine.runtime.ContainerRuntime.Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Starts monitors and hears what they say until the container or the process stands. */
final class Monitor {
  /** A runtime's create takes 50 ms; a host that swaps takes seconds. */
  static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Poller poller;
  private final Commands commands;
  private final Path conmon;
  private final Installed installed;

  Monitor(Poller poller, Commands commands, Path conmon, Installed installed) {
    this.poller = poller;
    this.commands = commands;
    this.conmon = conmon;
    this.installed = installed;
  }

  MonitorCommand command(OciRuntime runtime) {
    return new MonitorCommand(conmon, installed.program(runtime), installed.places().root(runtime));
  }

  /**
   * Creates a container in a directory that holds its config.json.
   *
   * @return the pid of its first process
   * @throws Refused with the runtime's reason, translated by nobody yet
   */
  int create(Bundle bundle, OciRuntime runtime, Launcher launcher, Path directory) {
    var first = new CompletableFuture<SyncLine>();
    try (var open = new Descriptors()) {
      int[] sync = open.pipe();
      int none = open.add(Libc.open("/dev/null", Libc.O_RDONLY | Libc.O_CLOEXEC, 0));
      int log = open.add(openLog(directory));
      Launcher.Launched launched =
          start(
              launcher,
              command(runtime).create(bundle, directory, installed.places().exits()),
              Map.of("_OCI_SYNCPIPE", "3"),
              directory,
              none,
              log,
              log,
              sync[1]);
      open.close(sync[1]);
      PipeText.lines(poller, open.handOver(sync[0]), line -> first.complete(SyncLine.parse(line)))
          .thenRun(() -> first.complete(new SyncLine(-1, "")));
      var forked = commands.ended(launched.pid());
      try {
        int pid = pid(Waiting.on(first, PATIENCE, "the monitor does not answer"), directory);
        // the process we started writes the pid of the one that stays, and may be the slower one
        Waiting.on(forked, PATIENCE, "the monitor does not go to the background");
        return pid;
      } finally {
        launched.settle();
      }
    }
  }

  /** The descriptors are the program's 0, 1, 2 and so on. */
  Launcher.Launched start(
      Launcher launcher,
      List<String> command,
      Map<String, String> variables,
      Path directory,
      int... descriptors) {
    var environment = new HashMap<>(Launcher.ENVIRONMENT);
    environment.putAll(variables);
    try {
      return launcher.start(command, environment, directory, descriptors);
    } catch (SystemCallFailed failed) {
      throw new Refused(
          new Failure.Internal("the monitor can not be started: " + failed.getMessage()), failed);
    }
  }

  static int openLog(Path directory) {
    return Libc.open(
        directory.resolve("monitor.log").toString(),
        Libc.O_WRONLY | Libc.O_CREAT | Libc.O_APPEND | Libc.O_CLOEXEC,
        0x180);
  }

  private static int pid(SyncLine line, Path directory) {
    if (line.data() > 0) {
      return line.data();
    }
    throw new Refused(new Failure.Internal(reason(line, directory)));
  }

  /** The runtime's log says it best, then the monitor's message, then the monitor's own log. */
  static String reason(SyncLine line, Path directory) {
    String logged = RuntimeSentence.lastError(text(directory.resolve("oci.log")));
    if (!logged.isEmpty()) {
      return logged;
    }
    return line.message().isEmpty()
        ? text(directory.resolve("monitor.log")).strip()
        : line.message().strip();
  }

  private static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
