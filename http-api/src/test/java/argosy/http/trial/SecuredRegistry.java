package argosy.http.trial;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Debian's docker-registry on the hub, at a port of its own, with whatever a test puts around it.
 */
final class SecuredRegistry implements AutoCloseable {
  private final Hosts hosts;
  private final int port;
  private final Process process;

  /**
   * Starts it and waits until it answers.
   *
   * @param http more of the configuration's {@code http} section, in YAML's flow style
   * @param rest more sections
   */
  SecuredRegistry(Hosts hosts, Path directory, int port, String http, String rest) {
    this.hosts = hosts;
    this.port = port;
    try {
      Path own = Files.createDirectories(directory.resolve("registry-" + port));
      Path config = own.resolve("config.yml");
      Files.writeString(
          config,
          """
          version: 0.1
          log: {accesslog: {disabled: true}, level: error}
          storage: {filesystem: {rootdirectory: %s}, delete: {enabled: true}}
          http: {addr: "%s"%s}
          %s
          """
              .formatted(own.resolve("data"), address(), http.isEmpty() ? "" : ", " + http, rest));
      process =
          new ProcessBuilder(
                  hosts.inside(0, List.of("docker-registry", "serve", config.toString())))
              .redirectErrorStream(true)
              .redirectOutput(own.resolve("log").toFile())
              .redirectInput(new File("/dev/null"))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Shell.await("the registry answers at " + address(), this::listens);
  }

  /** {@code HOST:PORT}. */
  String address() {
    return hosts.address(0) + ":" + port;
  }

  private boolean listens() {
    return Shell.run(hosts.inside(0, List.of("curl", "-ksm", "2", "http://" + address() + "/v2/")))
            .code()
        == 0;
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
