package argosy.engine.build;

import argosy.engine.dockerfile.Dockerfile;
import argosy.engine.dockerfile.Expansion;
import argosy.engine.dockerfile.Instruction;
import argosy.engine.dockerfile.Instruction.Pair;
import argosy.engine.dockerfile.Stage;
import argosy.engine.dockerfile.Step;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.image.ImageRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * One build, from its Dockerfile to its image. Stages that do not need each other run beside each
 * other; the first that fails ends the others.
 */
final class BuildRun {
  private final Dockerfile file;
  private final BuildOptions options;
  private final BuildPlan plan;
  private final Workshop workshop;
  private final Consumer<BuildLine> out;
  private final Map<String, String> globals = new TreeMap<>();
  private final Map<Integer, CompletableFuture<Base>> done = new HashMap<>();

  /** {@code out}: hears each line, from several threads, and may make them wait. */
  BuildRun(Dockerfile file, BuildOptions options, Workshop workshop, Consumer<BuildLine> out) {
    this.file = file;
    this.options = options;
    this.plan = BuildPlan.of(file, options.target(), options.labels());
    this.workshop = workshop;
    this.out = out;
  }

  /** Builds it and says what it is called; an interrupt of the caller's thread ends all stages. */
  void build() throws InterruptedException {
    file.warnings().forEach(warning -> say(warning + "\n"));
    globals();
    Base image = allStages();
    workshop.tag(image, options.tags());
    unused();
    out.accept(new BuildLine.Built(image.id()));
    say("Successfully built " + image.shortId() + "\n");
    options
        .tags()
        .forEach(
            tag -> say("Successfully tagged " + ImageRef.parse(tag).tagged().familiar() + "\n"));
  }

  private void globals() {
    globals.putAll(Platforms.arguments(options.platform()));
    int number = 0;
    for (Step step : file.globals()) {
      say("Step %d/%d : %s\n".formatted(++number, plan.steps(), step.text()));
      var expansion = new Expansion(file.escape(), globals::get);
      for (Pair pair : ((Instruction.Arg) step.instruction()).arguments()) {
        String given = options.arguments().get(pair.name());
        String value = pair.value();
        if (given != null) {
          globals.put(pair.name(), given);
        } else if (value != null) {
          globals.put(pair.name(), expansion.word(value));
        }
      }
    }
  }

  private Base allStages() throws InterruptedException {
    plan.stages().forEach(stage -> done.put(stage.index(), new CompletableFuture<>()));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = plan.stages().stream().map(stage -> begin(threads, stage)).toList();
      try {
        return of(plan.stages().getLast());
      } finally {
        running.forEach(stage -> stage.cancel(true));
      }
    }
  }

  private Future<?> begin(ExecutorService threads, Stage stage) {
    return threads.submit(() -> {
      var result = promised(stage);
      try {
        result.complete(new StageRun(stage, this).run());
      } catch (RuntimeException | Error e) {
        fail(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        fail(new CancellationException("the build was cancelled"));
      }
    });
  }

  /** The first failure is everybody's. */
  private void fail(Throwable why) {
    done.values().forEach(stage -> stage.completeExceptionally(why));
  }

  /** A stage's image, waited for. */
  Base of(Stage stage) throws InterruptedException {
    try {
      return promised(stage).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException why ? why : new CompletionException(e);
    }
  }

  private CompletableFuture<Base> promised(Stage stage) {
    return Objects.requireNonNull(done.get(stage.index()), "a stage that is not planned");
  }

  private void unused() {
    var unused = new TreeSet<>(options.arguments().keySet());
    unused.removeIf(Arguments::isPredefined);
    for (Step step : file.globals()) {
      unused.removeAll(names(step));
    }
    plan.stages().forEach(stage -> stage.steps().forEach(step -> unused.removeAll(names(step))));
    if (!unused.isEmpty()) {
      say(
          "[Warning] One or more build-args [%s] were not consumed\n"
              .formatted(String.join(" ", unused)));
    }
  }

  private static List<String> names(Step step) {
    return step.instruction() instanceof Instruction.Arg(var arguments)
        ? arguments.stream().map(Pair::name).toList()
        : List.of();
  }

  void say(String text) {
    out.accept(new BuildLine.Text(text));
  }

  Dockerfile file() {
    return file;
  }

  BuildOptions options() {
    return options;
  }

  BuildPlan plan() {
    return plan;
  }

  Workshop workshop() {
    return workshop;
  }

  /** The arguments before the first FROM, and the platforms'. */
  Map<String, String> globalArguments() {
    return globals;
  }

  static Refused refused(String sentence) {
    return new Refused(new Failure.Invalid(sentence));
  }
}
