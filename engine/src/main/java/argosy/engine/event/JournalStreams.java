package argosy.engine.event;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/** The events as streams, from the journal's actor. */
public final class JournalStreams implements EventStreams {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ActorRef<Events.Command> events;
  private final ActorSystem<?> system;
  private final InstantSource clock;

  public JournalStreams(
      ActorRef<Events.Command> events, ActorSystem<?> system, InstantSource clock) {
    this.events = events;
    this.system = system;
    this.clock = clock;
  }

  @Override
  public Source<Event, NotUsed> events(@Nullable Instant since, @Nullable Instant until) {
    var subscription =
        AskPattern.<Events.Command, Events.Subscription>ask(
            events, replyTo -> new Events.Subscribe(since, replyTo), PATIENCE, system.scheduler());
    return Source.completionStageSource(subscription.thenApply(it -> joined(it, until)))
        .mapMaterializedValue(_ -> NotUsed.getInstance());
  }

  /** The past needs no clock; what is coming ends when the clock says so. */
  private Source<Event, NotUsed> joined(Events.Subscription subscription, @Nullable Instant until) {
    var past = Source.from(subscription.past());
    if (until == null) {
      return past.concat(subscription.coming());
    }
    var left = Duration.between(clock.instant(), until);
    var ended = past.takeWhile(event -> !event.time().isAfter(until));
    return left.isPositive() ? ended.concat(subscription.coming().takeWithin(left)) : ended;
  }
}
