package argosy.http.trial;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's docker-registry on the hub, with a busybox image pushed to it. */
final class Registry implements AutoCloseable {
  private final Hosts hosts;
  private final Process process;

  Registry(Hosts hosts, Path directory) {
    this.hosts = hosts;
    try {
      Files.createDirectories(directory);
      Path config = directory.resolve("registry.yml");
      Files.writeString(
          config,
          """
          version: 0.1
          storage:
            filesystem: {rootdirectory: %s}
          http: {addr: "%s"}
          log: {accesslog: {disabled: true}, level: error}
          """
              .formatted(directory.resolve("data"), address()));
      process =
          new ProcessBuilder(
                  hosts.inside(0, List.of("docker-registry", "serve", config.toString())))
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("registry.log").toFile())
              .redirectInput(new File("/dev/null"))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Shell.await(
        "the registry answers",
        () ->
            Shell.run(hosts.inside(0, List.of("curl", "-fs", "http://" + address() + "/v2/")))
                    .code()
                == 0);
    pushBusybox(directory);
  }

  String address() {
    return hosts.address(0) + ":5000";
  }

  String busybox() {
    return address() + "/busybox";
  }

  /** With the shell functions that bin/demo uses. */
  private void pushBusybox(Path directory) {
    Path library = Path.of("..").toAbsolutePath().normalize().resolve("bin/lib");
    String script =
        """
        set -eu
        . %1$s/common.sh; . %1$s/hosts.sh
        in_host() { shift; "$@"; }
        registry=%2$s
        push_busybox %3$s busybox latest
        """
            .formatted(library, address(), directory);
    Shell.run(hosts.inside(0, List.of("bash", "-c", script))).ok();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
