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
    var all =
        Source.completionStageSource(
                subscription.thenApply(it -> Source.from(it.past()).concat(it.coming())))
            .mapMaterializedValue(_ -> NotUsed.getInstance());
    return until == null ? all : endingAt(all, until);
  }

  private Source<Event, NotUsed> endingAt(Source<Event, NotUsed> all, Instant until) {
    var left = Duration.between(clock.instant(), until);
    // a moment for the past to be read even when the end is past too
    var within = left.isNegative() ? Duration.ofMillis(200) : left.plusMillis(200);
    return all.takeWhile(event -> !event.time().isAfter(until)).takeWithin(within);
  }
}
