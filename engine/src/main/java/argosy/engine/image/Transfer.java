package argosy.engine.image;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import argosy.engine.image.ImageStreams.Progress;
import argosy.engine.image.transfer.Intake;
import argosy.engine.image.transfer.Work;
import argosy.engine.protocol.StrictBehavior;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.QueueOfferResult;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/**
 * One running transfer and all who watch it. Whoever joins late is told first where everything
 * stands; when the last one leaves, the work is interrupted.
 */
final class Transfer extends StrictBehavior<Transfer.Command> {
  /** Lines a watcher may lag behind before its stream ends with an error. */
  private static final int LAG = 4096;

  sealed interface Command {}

  record Join(ActorRef<Outcome<Source<Progress, NotUsed>>> replyTo) implements Command {}

  /** Nobody will join any more: stop once the work is done. */
  record Leave() implements Command {}

  private record Reported(Progress line) implements Command {}

  private record Finished(@Nullable Throwable failure) implements Command {}

  private record Left(int watcher) implements Command {}

  private final Object key;
  private final ActorRef<Images.Command> images;
  private final Worker worker;
  private final List<ActorRef<Outcome<Source<Progress, NotUsed>>>> waiting = new ArrayList<>();
  private final Map<Integer, BoundedSourceQueue<Progress>> watchers = new HashMap<>();

  /** The last line of each layer, and every line that belongs to none, in order. */
  private final Map<Object, Progress> standing = new LinkedHashMap<>();

  private int watcherNumber;
  private @Nullable Finished finished;

  /** {@code images}: is told when the work has ended. */
  static Behavior<Command> create(
      Object key, Work work, Intake intake, Executor blocking, ActorRef<Images.Command> images) {
    return Behaviors.setup(context -> new Transfer(context, key, work, intake, blocking, images));
  }

  private Transfer(
      ActorContext<Command> context,
      Object key,
      Work work,
      Intake intake,
      Executor blocking,
      ActorRef<Images.Command> images) {
    super(context);
    this.key = key;
    this.images = images;
    var self = context.getSelf();
    this.worker = new Worker(() -> run(work, intake, self));
    blocking.execute(worker);
  }

  private static void run(Work work, Intake intake, ActorRef<Command> self) {
    try {
      work.run(intake, line -> self.tell(new Reported(line)));
      self.tell(new Finished(null));
    } catch (RuntimeException | Error e) {
      self.tell(new Finished(e));
      if (e instanceof VirtualMachineError) {
        throw e;
      }
    }
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Join(var replyTo) -> join(replyTo);
      case Reported(var line) -> reported(line);
      case Finished done -> finished(done);
      case Left(int watcher) -> left(watcher);
      case Leave() -> leave();
    };
  }

  private Behavior<Command> join(ActorRef<Outcome<Source<Progress, NotUsed>>> replyTo) {
    if (standing.isEmpty() && finished == null) {
      waiting.add(replyTo);
    } else {
      welcome(replyTo);
    }
    return Behaviors.same();
  }

  private void welcome(ActorRef<Outcome<Source<Progress, NotUsed>>> replyTo) {
    if (standing.isEmpty() && finished != null && finished.failure() != null) {
      replyTo.tell(Outcome.failed(failure(finished.failure())));
      return;
    }
    int watcher = ++watcherNumber;
    var stream = Source.<Progress>queue(LAG).preMaterialize(getContext().getSystem());
    watchers.put(watcher, stream.first());
    standing.values().forEach(line -> offer(watcher, line));
    var self = getContext().getSelf();
    replyTo.tell(
        Outcome.ok(
            stream
                .second()
                .watchTermination((notUsed, done) -> {
                  done.whenComplete((_, _) -> self.tell(new Left(watcher)));
                  return notUsed;
                })));
  }

  private Behavior<Command> reported(Progress line) {
    standing.put(place(line), line);
    watchers.keySet().stream().toList().forEach(watcher -> offer(watcher, line));
    welcomeWaiting();
    return Behaviors.same();
  }

  /** A layer's line, and a growing figure, replace the one before. */
  private Object place(Progress line) {
    if (line.id() != null) {
      return line.id();
    }
    return line.status() != null && line.current() > 0 ? line.status() : standing.size();
  }

  private void welcomeWaiting() {
    var all = List.copyOf(waiting);
    waiting.clear();
    all.forEach(this::welcome);
  }

  private Behavior<Command> finished(Finished done) {
    finished = done;
    if (done.failure() != null && !worker.isInterrupted() && !(done.failure() instanceof Refused)) {
      getContext().getLog().warn("an image transfer failed", done.failure());
    }
    welcomeWaiting();
    images.tell(new ImageTransfers.Ended(key, getContext().getSelf()));
    return Behaviors.same();
  }

  /** Only now is the end told: who has heard it and asks again gets a transfer of its own. */
  private Behavior<Command> leave() {
    var done = finished;
    if (done != null) {
      watchers.keySet().stream().toList().forEach(watcher -> end(watcher, done));
    }
    return Behaviors.stopped();
  }

  private Behavior<Command> left(int watcher) {
    watchers.remove(watcher);
    if (watchers.isEmpty() && waiting.isEmpty() && finished == null) {
      worker.interrupt();
    }
    return Behaviors.same();
  }

  private void offer(int watcher, Progress line) {
    var queue = watchers.get(watcher);
    if (queue != null && queue.offer(line) == QueueOfferResult.dropped()) {
      queue.fail(new IllegalStateException("the progress was read too slowly"));
      watchers.remove(watcher);
    }
  }

  private void end(int watcher, Finished done) {
    if (done.failure() != null) {
      offer(watcher, Progress.error(failure(done.failure()).message()));
    }
    var queue = watchers.remove(watcher);
    if (queue != null) {
      queue.complete();
    }
  }

  private static Failure failure(Throwable thrown) {
    return Refused.failureOf(thrown);
  }

  @Override
  public Behavior<Command> onSignal(Signal signal) {
    if (signal == PostStop.instance()) {
      worker.interrupt();
      return Behaviors.same();
    }
    return super.onSignal(signal);
  }
}
