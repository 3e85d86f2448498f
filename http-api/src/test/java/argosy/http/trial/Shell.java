package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Commands as a user would type them. */
final class Shell {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** How a command ended; output without the last newline. */
  record Result(int code, String out, String err) {
    /** The output of a command that must succeed. */
    String ok() {
      assertEquals(0, code, () -> "exit code " + code + "\n" + out + "\n" + err);
      return out;
    }
  }

  private Shell() {}

  static Result run(List<String> command) {
    return run(command, null);
  }

  /** {@code input} null: stdin is empty. */
  static Result run(List<String> command, @Nullable String input) {
    try {
      Path out = Files.createTempFile("argosy-trial", ".out");
      Path err = Files.createTempFile("argosy-trial", ".err");
      try {
        return run(command, input, out, err);
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Result run(List<String> command, @Nullable String input, Path out, Path err)
      throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try (var stdin = process.getOutputStream()) {
      if (input != null) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      }
    }
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      return new Result(-1, read(out), read(err) + "\nno end within " + PATIENCE + ": " + command);
    }
    return new Result(process.exitValue(), read(out), read(err));
  }

  /** Waits until something is so; the sentence says what, when it never is. */
  static void await(String what, BooleanSupplier condition) {
    await(what, () -> condition.getAsBoolean() ? "" : null, Duration.ofSeconds(40));
  }

  static <T> T await(String what, Supplier<@Nullable T> probe, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      T found = probe.get();
      if (found != null) {
        return found;
      }
      if (System.nanoTime() > end) {
        throw new AssertionError("waited " + patience + " in vain: " + what);
      }
      java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
    }
  }

  private static String read(Path file) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }
}
