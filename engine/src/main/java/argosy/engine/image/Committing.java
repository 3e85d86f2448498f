package argosy.engine.image;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.image.ImageStreams.Progress;
import argosy.engine.image.transfer.Commit;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/** A commit as one of the image store's transfers, whose only line is the new image's id. */
final class Committing {
  private static final Duration LONGEST = Duration.ofDays(1);

  private Committing() {}

  static CompletionStage<Outcome<String>> start(
      ActorRef<Images.Command> images, ActorSystem<?> system, CommitOrder order) {
    var name = Naming.tagOrNone(order.repository(), order.tag());
    Commit.check(order);
    return AskPattern.<Images.Command, Outcome<Source<Progress, NotUsed>>>ask(
            images,
            replyTo ->
                new ImageTransfers.Join(
                    UUID.randomUUID(), shelves -> new Commit(shelves, order, name), replyTo),
            LONGEST,
            system.scheduler())
        .thenCompose(joined ->
            switch (joined) {
              case Outcome.Ok<Source<Progress, NotUsed>>(var lines) ->
                  lines.runWith(Sink.seq(), system).thenApply(Committing::id);
              case Outcome.Failed<Source<Progress, NotUsed>>(var failure) ->
                  CompletableFuture.completedFuture(Outcome.<String>failed(failure));
            });
  }

  private static Outcome<String> id(List<Progress> lines) {
    for (Progress line : lines) {
      if (line.error() != null) {
        return Outcome.failed(new Failure.Internal(line.error()));
      }
      if (line.status() != null) {
        return Outcome.ok(line.status());
      }
    }
    return Outcome.failed(new Failure.Internal("the commit ended without an image"));
  }
}
