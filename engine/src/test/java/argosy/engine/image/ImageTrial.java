package argosy.engine.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import argosy.engine.disk.FileTree;
import argosy.engine.event.Events;
import argosy.engine.failure.Done;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.image.ImageStreams.Progress;
import argosy.engine.image.store.Budget;
import argosy.engine.protocol.Ask;
import argosy.engine.registry.RegistrySettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A real image store in a directory of its own, asked as the engine asks it; for tests. */
abstract class ImageTrial {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Executor blocking = Executors.newVirtualThreadPerTaskExecutor();
  RegistrySettings registries = RegistrySettings.of(List.of(), List.of());
  Budget budget = Budget.NONE;
  Duration sweep = Duration.ofHours(1);
  ActorTestKit kit;
  Path root;
  TestProbe<Events.Command> events;
  ActorRef<Images.Command> images;
  ImageStreams streams;

  @BeforeEach
  void open() throws Exception {
    kit = ActorTestKit.create();
    root = Files.createTempDirectory("argosy-images");
    start();
  }

  final void start() {
    events = kit.createTestProbe();
    images =
        kit.spawn(
            Images.create(
                new ImageSettings(root, registries, budget, sweep), events.ref(), blocking));
    streams = Images.streams(images, kit.system(), blocking);
  }

  void restart() {
    kit.stop(images);
    start();
  }

  @AfterEach
  void close() throws Exception {
    kit.shutdownTestKit();
    assertFalse(
        Files.readString(Path.of("/proc/self/mountinfo")).contains(root.toString()),
        "something is still mounted");
    FileTree.delete(root);
  }

  CompletionStage<Outcome<Image>> retain(String container, String reference) {
    return AskPattern.ask(
        images,
        replyTo -> new ImageUse.Retain(container, reference, replyTo),
        PATIENCE,
        kit.scheduler());
  }

  CompletionStage<Outcome<Done>> release(String container) {
    return AskPattern.ask(
        images, replyTo -> new ImageUse.Release(container, replyTo), PATIENCE, kit.scheduler());
  }

  <R> CompletionStage<Outcome<R>> ask(ImageRequest<R> request) {
    return AskPattern.<Images.Command, Outcome<Object>>ask(
            images,
            replyTo -> new Images.Asked(new Ask<>(request, replyTo)),
            PATIENCE,
            kit.scheduler())
        .thenApply(outcome -> outcome.map(request.reply()::cast));
  }

  List<Progress> lines(CompletionStage<Outcome<Source<Progress, NotUsed>>> answer)
      throws Exception {
    var lines = all(answer);
    lines.forEach(line -> assertEquals(null, line.error()));
    return lines;
  }

  /** The sentence that ended the stream. */
  String error(CompletionStage<Outcome<Source<Progress, NotUsed>>> answer) throws Exception {
    return Objects.requireNonNull(all(answer).getLast().error(), "it did not fail");
  }

  private List<Progress> all(CompletionStage<Outcome<Source<Progress, NotUsed>>> answer)
      throws Exception {
    return new ArrayList<>(
        ok(answer)
            .runWith(Sink.seq(), kit.system())
            .toCompletableFuture()
            .get(60, TimeUnit.SECONDS));
  }

  static boolean said(List<Progress> lines, String... statuses) {
    return List.of(statuses).stream()
        .allMatch(status -> lines.stream().anyMatch(line -> status.equals(line.status())));
  }

  static String text(List<Progress> lines) {
    return String.join("\n", lines.stream().map(Progress::toString).toList());
  }

  CompletionStage<Outcome<Source<Progress, NotUsed>>> loading(byte[] archive) {
    return streams.load(bytes(archive), null);
  }

  static Source<ByteString, NotUsed> bytes(byte[] bytes) {
    return Source.single(ByteString.fromArray(bytes));
  }

  static <T> T ok(CompletionStage<Outcome<T>> answer) throws Exception {
    return switch (answer.toCompletableFuture().get(60, TimeUnit.SECONDS)) {
      case Outcome.Ok<T>(var value) -> value;
      case Outcome.Failed<T>(var failure) -> throw new AssertionError(failure.toString());
    };
  }

  static <T> Failure failed(CompletionStage<Outcome<T>> answer) throws Exception {
    return switch (answer.toCompletableFuture().get(60, TimeUnit.SECONDS)) {
      case Outcome.Ok<T>(var value) -> throw new AssertionError("it did not fail: " + value);
      case Outcome.Failed<T>(var failure) -> failure;
    };
  }

  static long count(Path directory) throws Exception {
    try (var files = Files.list(directory)) {
      return files.count();
    }
  }
}
