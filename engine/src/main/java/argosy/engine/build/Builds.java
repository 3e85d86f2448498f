package argosy.engine.build;

import argosy.engine.build.context.Context;
import argosy.engine.disk.FileTree;
import argosy.engine.dockerfile.Dockerfile;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import argosy.engine.image.ImageRef;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.StreamConverters;
import org.apache.pekko.util.ByteString;

/** The builds of this host: each one thread that waits for what its steps do. */
public final class Builds implements BuildStreams {
  /** A slow client may take its time to send its files. */
  private static final Duration UPLOAD = Duration.ofDays(1);

  private final BuildTools tools;
  private final LongConsumer pruned;

  /**
   * Removes what a crash left of earlier builds' contexts.
   *
   * @param pruned hears how many bytes of caches were given back
   */
  public Builds(BuildTools tools, LongConsumer pruned) {
    this.tools = tools;
    this.pruned = pruned;
    FileTree.delete(tools.directory());
  }

  @Override
  public CompletionStage<Outcome<Source<BuildLine, NotUsed>>> build(
      Source<ByteString, ?> context, BuildOptions options) {
    var carried = options.remote().isEmpty() ? context : context.filter(_ -> false);
    var in = carried.runWith(StreamConverters.asInputStream(UPLOAD), tools.system());
    var answer = new CompletableFuture<Outcome<Source<BuildLine, NotUsed>>>();
    tools
        .blocking()
        .execute(() -> {
          try {
            options.tags().forEach(ImageRef::parse);
            begin(received(in, options), options, answer);
          } catch (RuntimeException e) {
            answer.complete(Outcome.failed(Refused.failureOf(e)));
          }
        });
    return answer;
  }

  @Override
  public CompletionStage<Outcome<Caches.Pruned>> prune(CachePrune order) {
    return blocking(() -> {
      var gone = tools.caches().prune(order, Instant.now());
      pruned.accept(gone.bytes());
      return gone;
    });
  }

  @Override
  public CompletionStage<Outcome<List<BuildCache>>> caches() {
    return blocking(() -> tools.caches().all());
  }

  private <R> CompletionStage<Outcome<R>> blocking(Supplier<R> work) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return Outcome.ok(work.get());
          } catch (RuntimeException e) {
            return Outcome.failed(Refused.failureOf(e));
          }
        },
        tools.blocking());
  }

  private Context received(InputStream in, BuildOptions options) {
    return options.remote().isEmpty()
        ? Context.receive(in, tools.directory())
        : RemoteContext.receive(options.remote(), options.dockerfile(), tools.directory());
  }

  /** On the build's own thread, to its end. */
  private void begin(
      Context context,
      BuildOptions options,
      CompletableFuture<Outcome<Source<BuildLine, NotUsed>>> answer) {
    try (context;
        var session = tools.sessions().get()) {
      var file = Dockerfile.parse(context.dockerfile(options.dockerfile()));
      context.withoutIgnored(options.dockerfile());
      var lines = new LineQueue(tools.system(), Thread.currentThread());
      var workshop = new EngineWorkshop(tools, session, options, context, lines);
      var run = new BuildRun(file, options, workshop, lines);
      answer.complete(Outcome.ok(lines.source()));
      lines.end(run::build);
    }
  }
}
