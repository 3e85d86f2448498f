package argosy.engine.container;

import argosy.engine.container.ContainerActor.Command;
import argosy.engine.container.ContainerActor.Due;
import argosy.engine.container.life.Moves;
import argosy.engine.failure.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/**
 * Samples of one container, taken once a second while somebody listens, and once for all of them.
 * Belongs to the container's actor.
 */
final class Sampling {
  private static final Duration PACE = Duration.ofSeconds(1);

  /** A listener that is behind loses samples, never more than that. */
  private static final int BEHIND = 4;

  private final Standing standing;
  private final TimerScheduler<Command> timers;
  private final List<Listener> listeners = new ArrayList<>();
  private @Nullable Stats last;

  /** {@code samples}: how many it still waits for; below 0 without end. */
  private static final class Listener {
    private final BoundedSourceQueue<Stats> queue;
    private int skip;
    private int samples;

    Listener(BoundedSourceQueue<Stats> queue, int skip, int samples) {
      this.queue = queue;
      this.skip = skip;
      this.samples = samples;
    }

    /** False when it has all it wanted, or is gone. */
    boolean take(Stats sample) {
      if (skip > 0) {
        skip--;
        return true;
      }
      queue.offer(sample);
      if (--samples == 0) {
        queue.complete();
      }
      return samples != 0 && !queue.isCompleted();
    }
  }

  Sampling(Standing standing, TimerScheduler<Command> timers) {
    this.standing = standing;
    this.timers = timers;
  }

  void listen(StreamOrder.Sample order) {
    var made = Source.<Stats>queue(BEHIND).preMaterialize(standing.context.getSystem());
    boolean runs = Moves.pid(standing.life()).isPresent();
    boolean two = !order.stream() && !order.oneShot() && runs;
    listeners.add(new Listener(made.first(), two ? 1 : 0, order.stream() ? -1 : 1));
    order.replyTo().tell(Outcome.ok(made.second()));
    if (!timers.isTimerActive(Due.SAMPLE)) {
      last = null;
      timers.startTimerWithFixedDelay(Due.SAMPLE, Due.SAMPLE, PACE);
    }
    take();
  }

  /** Takes a sample for whoever listens. */
  void take() {
    listeners.removeIf(listener -> listener.queue.isCompleted());
    if (listeners.isEmpty()) {
      timers.cancel(Due.SAMPLE);
      return;
    }
    var pid = Moves.pid(standing.life());
    String name = standing.record().name();
    if (pid.isEmpty()) {
      sampled(Reading.idle(standing.id(), name));
      return;
    }
    boolean host = standing.record().spec().network().mode().equals("host");
    var reading = new Reading(standing.id(), name, pid.getAsInt(), host);
    Stats before = last;
    standing.work(
        () -> reading.take(before, standing.around.clock().instant()),
        outcome ->
            new ContainerActor.Sampled(
                outcome instanceof Outcome.Ok<Stats>(var stats)
                    ? stats
                    : Reading.idle(reading.id(), name)));
  }

  void sampled(Stats sample) {
    last = sample.usage() == null ? null : sample;
    listeners.removeIf(listener -> !listener.take(sample));
  }

  /** The container is gone. */
  void close() {
    listeners.forEach(listener -> listener.queue.complete());
    listeners.clear();
    timers.cancel(Due.SAMPLE);
  }
}
