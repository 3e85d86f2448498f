package argosy.engine.runtime;

import argosy.engine.linux.Poller;
import argosy.engine.runtime.ContainerRuntime.Adopted;
import argosy.engine.runtime.ContainerRuntime.ExecProcess;
import argosy.engine.runtime.ContainerRuntime.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A further process that an earlier daemon started. Whoever was attached to it is gone for good;
 * its monitor lives on and leaves the exit code in a file.
 */
final class AdoptedExec implements ExecProcess {
  private static final String NOTE = "note";

  private final String container;
  private final Path directory;
  private final int pid;
  private final Executor executor;
  private final CompletableFuture<Exit> exit = new CompletableFuture<>();
  private Poller.@Nullable Registration watched;

  private AdoptedExec(String container, Path directory, int pid, Executor executor) {
    this.container = container;
    this.directory = directory;
    this.pid = pid;
    this.executor = executor;
  }

  /** What a later daemon is to know; written before the process is started. */
  static void note(Path directory, String note) throws IOException {
    if (!note.isEmpty()) {
      Files.writeString(directory.resolve(NOTE), note);
    }
  }

  /** All of a container's that run still, or have ended and told nobody. */
  static List<Adopted> in(Path directory, String container, Poller poller, Executor executor) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(each -> adopt(each, container, poller, executor))
          .flatMap(Optional::stream)
          .toList();
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  private static Optional<Adopted> adopt(
      Path directory, String container, Poller poller, Executor executor) {
    Optional<Integer> monitor =
        ProcessMark.ofPidFile(directory.resolve("conmon.pid"), directory.toString())
            .flatMap(ProcessMark::open);
    Optional<String> note = text(directory.resolve(NOTE));
    int pid = number(directory.resolve("pid")).orElse(0);
    var exec = new AdoptedExec(container, directory, pid, executor);
    exec.exit.thenRunAsync(() -> Places.remove(directory), executor);
    if (monitor.isPresent()) {
      poller.execute(() -> exec.watch(poller, monitor.get()));
    } else {
      exec.ended();
    }
    return note.map(told -> new Adopted(directory.getFileName().toString(), told, exec));
  }

  private void watch(Poller poller, int monitor) {
    watched = poller.register(monitor, Poller.IN, _ -> ended());
  }

  private void ended() {
    if (watched != null) {
      watched.close();
    }
    exit.complete(
        number(directory.resolve(container))
            .map(code -> new Exit(code, false))
            .orElse(Exit.UNKNOWN));
  }

  private static Optional<Integer> number(Path file) {
    return text(file).filter(text -> text.matches("-?\\d{1,9}")).map(Integer::valueOf);
  }

  private static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  @Override
  public int pid() {
    return pid;
  }

  @Override
  public @Nullable Console console() {
    return null;
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
