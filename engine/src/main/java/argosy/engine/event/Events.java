package argosy.engine.event;

import argosy.engine.protocol.StrictBehavior;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.QueueOfferResult;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/**
 * The host's journal: everything that happens is told to it, and it tells everybody who listens.
 */
public final class Events extends StrictBehavior<Events.Command> {
  /** How far a listener may fall behind before it loses its stream. */
  static final int LISTENER_BUFFER = 4096;

  /** What it receives. */
  public sealed interface Command permits Publish, Subscribe, Count {}

  /** Something happened. Fire and forget. */
  public record Publish(Event event) implements Command {}

  /** Everything since an instant (null: nothing past), then everything new. */
  public record Subscribe(@Nullable Instant since, ActorRef<Subscription> replyTo)
      implements Command {}

  /** How many listen now. */
  public record Count(ActorRef<Integer> replyTo) implements Command {}

  /** What a listener gets: no event is in both halves, none between them is missing. */
  public record Subscription(List<Event> past, Source<Event, NotUsed> coming) {}

  private final Journal journal;
  private final List<BoundedSourceQueue<Event>> listeners = new ArrayList<>();

  /** {@code journal} is this actor's alone from now on. */
  public static Behavior<Command> create(Journal journal) {
    return Behaviors.setup(context -> new Events(context, journal));
  }

  private Events(ActorContext<Command> context, Journal journal) {
    super(context);
    this.journal = journal;
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Publish(var event) -> publish(event);
      case Subscribe(var since, var replyTo) -> replyTo.tell(subscribe(since));
      case Count(var replyTo) -> replyTo.tell(listeners.size());
    }
    return Behaviors.same();
  }

  private void publish(Event event) {
    journal.append(event);
    listeners.removeIf(listener -> !heard(listener, event));
  }

  private static boolean heard(BoundedSourceQueue<Event> listener, Event event) {
    return switch (listener.offer(event)) {
      case QueueOfferResult result when result == QueueOfferResult.enqueued() -> true;
      case QueueOfferResult result when result == QueueOfferResult.dropped() -> {
        listener.fail(new IllegalStateException("this listener is too slow for the events"));
        yield false;
      }
      default -> false;
    };
  }

  private Subscription subscribe(@Nullable Instant since) {
    var live = Source.<Event>queue(LISTENER_BUFFER).preMaterialize(getContext().getSystem());
    listeners.removeIf(BoundedSourceQueue::isCompleted);
    listeners.add(live.first());
    return new Subscription(since == null ? List.of() : journal.since(since), live.second());
  }
}
