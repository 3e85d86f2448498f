package argosy.engine.container;

import argosy.engine.container.files.FileWork;
import argosy.engine.container.files.FileWorks;
import argosy.engine.container.files.PathStat;
import argosy.engine.failure.Done;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** The container streams, asked of the registry's actor. */
record AskedStreams(ActorRef<Containers.Command> containers, FileStreams files)
    implements ContainerStreams {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Override
  public CompletionStage<Outcome<Logs>> logs(String reference, LogQuery query) {
    return ask(reference, replyTo -> new StreamOrder.ReadLogs(query, replyTo));
  }

  @Override
  public CompletionStage<Outcome<Attached>> attach(String reference, AttachQuery query) {
    return ask(reference, replyTo -> new StreamOrder.Attach(query, replyTo));
  }

  @Override
  public CompletionStage<Outcome<Attached>> startExec(String exec, ExecStart start) {
    return ask(exec, replyTo -> new StreamOrder.RunExec(exec, start, replyTo));
  }

  @Override
  public CompletionStage<Outcome<CompletionStage<Lifecycle.Ended>>> await(
      String reference, WaitCondition condition) {
    return ask(reference, replyTo -> new StreamOrder.Await(condition, replyTo));
  }

  @Override
  public CompletionStage<Outcome<Source<Stats, NotUsed>>> stats(
      String reference, boolean stream, boolean oneShot) {
    return ask(reference, replyTo -> new StreamOrder.Sample(stream, oneShot, replyTo));
  }

  @Override
  public CompletionStage<Outcome<PathStat>> stat(String reference, String path) {
    return visit(reference, () -> FileWorks.stat(path));
  }

  @Override
  public CompletionStage<Outcome<Archive>> archive(String reference, String path) {
    return visit(
        reference,
        () ->
            FileWorks.archive(
                path, stat -> files.opened(tar -> new Archive(Objects.requireNonNull(stat), tar))));
  }

  @Override
  public CompletionStage<Outcome<Done>> extract(
      String reference, Extract extract, Source<ByteString, ?> archive) {
    return visit(
        reference,
        () ->
            FileWorks.extract(
                () -> files.read(archive), extract.path(), extract.keepKinds(), extract.chown()));
  }

  @Override
  public CompletionStage<Outcome<Source<ByteString, NotUsed>>> export(String reference) {
    return visit(reference, () -> FileWorks.export(_ -> files.opened(tar -> tar)));
  }

  @Override
  public CompletionStage<Outcome<Done>> still(String reference, CompletionStage<?> until) {
    return ask(reference, replyTo -> new StreamOrder.Still(until, replyTo));
  }

  private <T> CompletionStage<Outcome<T>> visit(String reference, Supplier<FileWork<T>> work) {
    try {
      var asked = work.get();
      return ask(
          reference,
          FileStreams.LONGEST,
          replyTo -> new StreamOrder.Visit<>(reference, asked, replyTo));
    } catch (Refused refused) {
      return CompletableFuture.completedFuture(Outcome.failed(refused));
    }
  }

  private <T> CompletionStage<Outcome<T>> ask(
      String reference, Function<ActorRef<Outcome<T>>, StreamOrder> order) {
    return ask(reference, PATIENCE, order);
  }

  private <T> CompletionStage<Outcome<T>> ask(
      String reference, Duration patience, Function<ActorRef<Outcome<T>>, StreamOrder> order) {
    CompletionStage<Outcome<T>> answer =
        AskPattern.ask(
            containers,
            (ActorRef<Outcome<T>> replyTo) ->
                new Containers.Streaming(reference, order.apply(replyTo)),
            patience,
            files.system().scheduler());
    return answer.exceptionally(Outcome::failed);
  }
}
