package argosy.http;

import argosy.engine.EngineConfig;
import argosy.engine.LocalEngine;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import com.typesafe.config.Config;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import picocli.CommandLine;

/**
 * Starts the daemon in a temporary place, asks it the everyday questions and stops it, so that the
 * JVM's cache knows the classes. With {@code --real} the engine is this host's own, to be run in
 * namespaces that are thrown away; without, it is only played.
 */
final class Rehearsal {
  private static final List<String> QUESTIONS =
      List.of(
          "GET /_ping",
          "GET /v1.41/version",
          "GET /v1.41/info",
          "GET /v1.41/containers/json?all=1",
          "GET /v1.41/images/json",
          "GET /v1.41/networks",
          "GET /v1.41/containers/nope/json",
          "POST /v1.41/containers/nope/attach",
          "POST /v1.41/containers/nope/start",
          "GET /v1.41/nope");

  private Rehearsal() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("argosy");
    try {
      LocalHost.Start engines =
          List.of(arguments).contains("--real") ? Rehearsal::real : Rehearsal::played;
      try (var _ = new Daemon(config(folder), engines)) {
        for (var question : QUESTIONS) {
          ask(folder.resolve("run/argosy.sock"), question);
        }
      }
    } finally {
      try (var files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
    System.exit(0);
  }

  private static Config config(Path folder) {
    return Settings.of(
        new CommandLine(CommandLineSpec.create())
            .parseArgs(
                "--config",
                "/dev/null",
                "--data-root",
                folder.resolve("data").toString(),
                "--exec-root",
                folder.resolve("run").toString()));
  }

  private static LocalHost real(EngineConfig config, Config all) {
    try {
      return Argosyd.engine(config, all);
    } catch (Refused refused) {
      System.err.println("rehearsing without an engine: " + refused.getMessage());
      return played(config, all);
    }
  }

  private static LocalHost played(EngineConfig config, Config all) {
    var system =
        ActorSystem.create(
            Behaviors.empty(), "argosy", all.getConfig("argosy.engine.system").withFallback(all));
    var engine =
        (LocalEngine)
            Proxy.newProxyInstance(
                Rehearsal.class.getClassLoader(),
                new Class<?>[] {LocalEngine.class},
                (_, _, _) ->
                    CompletableFuture.completedFuture(
                        Outcome.failed(new Failure.Unavailable("only played"))));
    return new LocalHost(
        engine,
        system,
        "0",
        "rehearsal",
        () -> {
          system.terminate();
          system.getWhenTerminated().toCompletableFuture().get(10, TimeUnit.SECONDS);
        });
  }

  private static void ask(Path socket, String question) throws IOException {
    try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      var request =
          question + " HTTP/1.1\r\nHost:\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
      channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
      var buffer = ByteBuffer.allocate(64 * 1024);
      while (channel.read(buffer) >= 0) {
        buffer.clear();
      }
    }
  }
}
