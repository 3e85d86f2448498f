package argosy.engine.container;

import argosy.engine.failure.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.stream.javadsl.Source;

/** The container streams, asked of the registry's actor. */
record AskedStreams(ActorRef<Containers.Command> containers, Scheduler scheduler)
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

  private <T> CompletionStage<Outcome<T>> ask(
      String reference, Function<ActorRef<Outcome<T>>, StreamOrder> order) {
    CompletionStage<Outcome<T>> answer =
        AskPattern.ask(
            containers,
            (ActorRef<Outcome<T>> replyTo) ->
                new Containers.Streaming(reference, order.apply(replyTo)),
            PATIENCE,
            scheduler);
    return answer.exceptionally(Outcome::failed);
  }
}
