package argosy.http.trial;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Debian's real dockerd in a test host, with roots and mounts of its own, to compare with. */
final class Dockerd implements AutoCloseable {
  private static final String OWN_MOUNTS = "mount --make-rshared / && exec \"$@\"";

  private final Path root;
  private final Process process;

  /** Starts it and waits until it answers; {@code options}: more of dockerd's. */
  Dockerd(Hosts hosts, int host, Path root, String... options) {
    this.root = root;
    var command =
        new ArrayList<>(
            List.of(
                "unshare",
                "--mount",
                "--propagation=private",
                "sh",
                "-c",
                OWN_MOUNTS,
                "sh",
                "dockerd",
                "--data-root",
                root.resolve("data").toString(),
                "--exec-root",
                root.resolve("run").toString(),
                "-p",
                root.resolve("pid").toString(),
                "--storage-driver",
                "overlay2",
                "-H",
                socket()));
    command.addAll(List.of(options));
    try {
      Files.createDirectories(root);
      process =
          new ProcessBuilder(hosts.inside(host, command))
              .redirectErrorStream(true)
              .redirectOutput(root.resolve("log").toFile())
              .redirectInput(new File("/dev/null"))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Shell.await("dockerd answers: " + root.resolve("log"), this::answers, Duration.ofSeconds(60));
  }

  private @Nullable String answers() {
    if (!process.isAlive()) {
      throw new AssertionError("dockerd ended: " + root.resolve("log"));
    }
    var pong = api().call("GET", "/_ping", "");
    return pong.isPresent() && pong.get().succeeded() ? "" : null;
  }

  String socket() {
    return "unix://" + root.resolve("d.sock");
  }

  Api api() {
    return new Api(root.resolve("d.sock"));
  }

  Shell.Result docker(String... arguments) {
    return Shell.run(Daemon.command(socket(), arguments));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("dockerd does not end: " + root.resolve("log"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
