package argosy.engine.image;

import argosy.engine.failure.Done;
import argosy.engine.image.store.Catalog;
import argosy.engine.image.transfer.Shelves;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** The transfers that run as the image store's children, and what each of them holds. */
final class RunningTransfers {
  private final ActorContext<Images.Command> context;
  private final Executor blocking;
  private final Map<String, Set<String>> holds = new HashMap<>();
  private final Map<Object, ActorRef<Transfer.Command>> running = new HashMap<>();
  private long number;

  RunningTransfers(ActorContext<Images.Command> context, Executor blocking) {
    this.context = context;
    this.blocking = blocking;
  }

  /** Brings somebody to the transfer they ask for, which begins where there is none. */
  void join(ImageTransfers.Join join, Shelves shelves) {
    running
        .computeIfAbsent(join.key(), _ -> begin(join, shelves))
        .tell(new Transfer.Join(join.replyTo()));
  }

  private ActorRef<Transfer.Command> begin(ImageTransfers.Join join, Shelves shelves) {
    String name = "transfer-" + ++number;
    var self = context.getSelf();
    var intake = new AskedIntake(self, name, context.getSystem());
    var work = join.work().apply(shelves);
    var transfer = context.spawn(Transfer.create(join.key(), work, intake, blocking, self), name);
    context.watchWith(transfer, new ImageTransfers.Over(name));
    return transfer;
  }

  void hold(ImageTransfers.Hold hold) {
    holds.computeIfAbsent(hold.transfer(), _ -> new HashSet<>()).addAll(hold.digests());
    hold.replyTo().tell(new Done());
  }

  /** Nobody joins it any more. */
  void ended(ImageTransfers.Ended ended) {
    running.remove(ended.key(), ended.transfer());
    ended.transfer().tell(new Transfer.Leave());
  }

  /** Forgets a transfer; what it alone held and no image has is the answer. */
  Set<String> over(String transfer, Catalog catalog) {
    running.values().removeIf(gone -> gone.path().name().equals(transfer));
    var left = holds.remove(transfer);
    if (left == null) {
      return Set.of();
    }
    left.removeAll(held());
    left.removeAll(catalog.chains());
    left.removeAll(catalog.blobs());
    return left;
  }

  /** Everything that somebody holds. */
  Set<String> held() {
    var all = new HashSet<String>();
    holds.values().forEach(all::addAll);
    return all;
  }
}
