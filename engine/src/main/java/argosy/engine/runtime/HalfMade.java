package argosy.engine.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A container whose daemon was killed while a monitor made it. The monitor goes on making it, and
 * only what is made whole can be taken away without a trace.
 */
record HalfMade(Path directory) {
  private static final Logger LOG = LoggerFactory.getLogger(HalfMade.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(20);

  /** Blocks until nobody makes it any more; at once for every other container. */
  void await() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (isUnderWay()) {
      if (System.nanoTime() > end) {
        LOG.warn("the monitor in {} does not come to an end; goes on without it", directory);
        return;
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  /** The runtime writes {@code pid} when it has made it; only we write {@code monitor}, after. */
  private boolean isUnderWay() {
    if (!Files.exists(directory.resolve("runtime"))
        || Files.exists(directory.resolve("monitor"))
        || Files.exists(directory.resolve("pid"))) {
      return false;
    }
    return Files.exists(directory.resolve("conmon.pid"))
        ? ProcessMark.ofPidFile(directory.resolve("conmon.pid"), directory.toString()).isPresent()
        : isKnownToSomeProcess();
  }

  /** Between its first instant and its pid file a monitor can be told by its command line alone. */
  private boolean isKnownToSomeProcess() {
    try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        if (commandLine(process).contains(directory + "\0")) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("can not look into /proc: " + e, e);
    }
  }

  private static String commandLine(Path process) {
    try {
      return new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8);
    } catch (IOException gone) {
      return "";
    }
  }
}
