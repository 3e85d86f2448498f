package argosy.http;

import argosy.engine.EngineConfig;
import argosy.engine.LocalEngine;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import com.typesafe.config.Config;
import java.io.IOException;
import java.lang.reflect.Proxy;
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
 * Starts the daemon in a temporary place, asks it the everyday questions, runs some containers and
 * stops it, so that the JVM's cache knows the classes. With {@code --real} the engine is this
 * host's own, to be run in namespaces that are thrown away; without, it is only played.
 */
final class Rehearsal {
  private static final List<String> QUESTIONS =
      List.of(
          "GET /_ping",
          "GET /version",
          "GET /info",
          "GET /containers/json?all=1",
          "GET /images/json",
          "GET /networks",
          "GET /containers/nope/json",
          "POST /containers/nope/attach",
          "POST /containers/nope/start",
          "GET /nope");

  private static final List<String> RUNTIMES = List.of("crun", "runc");

  /** The JVM notes which methods are used much, too. */
  private static final int ROUNDS = 3;

  private Rehearsal() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("argosy");
    try {
      LocalHost.Start engines =
          List.of(arguments).contains("--real") ? Rehearsal::real : Rehearsal::played;
      try (var _ = new Daemon(config(folder), engines)) {
        perform(new RehearsedRun(folder.resolve("run/argosy.sock")));
      }
    } finally {
      try (var files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
    System.exit(0);
  }

  private static void perform(RehearsedRun run) throws IOException {
    for (var question : QUESTIONS) {
      String[] words = question.split(" ", 2);
      run.ask(words[0], words[1], "", new byte[0]);
    }
    run.bring();
    for (int i = 0; i < ROUNDS; i++) {
      for (String runtime : RUNTIMES) {
        run.once(runtime);
      }
    }
    run.atLeisure();
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
}
