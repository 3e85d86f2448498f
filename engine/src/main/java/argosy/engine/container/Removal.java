package argosy.engine.container;

import argosy.engine.container.Lifecycle.Ended;
import argosy.engine.container.life.Moves;
import argosy.engine.failure.Done;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import java.util.List;

/** How a container goes for good. Belongs to its actor. */
final class Removal {
  private final Standing standing;
  private final Tries tries;
  private final Streams streams;
  private final Waiters waiters;
  private final Teardown teardown;
  private Ending ending = new Ending();
  private Runnable after = () -> {};
  private boolean underWay;

  Removal(Standing standing, Tries tries, Streams streams, Waiters waiters, Teardown teardown) {
    this.standing = standing;
    this.tries = tries;
    this.streams = streams;
    this.waiters = waiters;
    this.teardown = teardown;
  }

  /** Under way, or done. */
  boolean isUnderWay() {
    return underWay;
  }

  boolean isGone() {
    return underWay && standing.life() instanceof Lifecycle.Removing;
  }

  /**
   * Removes it: gone for everybody when this answers, its files soon after.
   *
   * @param wishes who waits for it, and whether the volumes go too
   * @param then what happens once it is over, one way or the other
   */
  void begin(Ending wishes, Runnable then) {
    underWay = true;
    ending = wishes;
    after = then;
    tries.noMore();
    standing.pass(standing.state().in(Moves.remove(standing.life())));
    boolean volumes = ending.volumes;
    String id = standing.id();
    var record = standing.record();
    var written = standing.written();
    standing.work(
        () -> {
          written.join();
          if (record.hasVolumes()) {
            parting(volumes ? record.volumes() : List.of());
          }
          standing.ledger.records().remove(id);
          standing.errands.releaseImage(id);
          record.imageUsers().forEach(standing.errands::releaseImage);
          standing.errands.releaseVolumes(id, volumes);
          return true;
        },
        ContainerActor.Removed::new);
  }

  /** What its making noted is not what its removal means to take. */
  private void parting(List<String> volumes) {
    var partings = standing.ledger.partings();
    if (volumes.isEmpty()) {
      partings.remove(standing.id());
    } else {
      partings.put(standing.id(), new Parting(volumes), false);
    }
  }

  void over(Outcome<Boolean> outcome) {
    switch (outcome) {
      case Outcome.Ok<Boolean> _ -> gone();
      case Outcome.Failed<Boolean>(var failure) -> failed(failure);
    }
    ending.removed.clear();
    after.run();
  }

  private void gone() {
    Ended ended = Moves.lastRun(standing.life());
    standing.publish("destroy");
    standing.tell(new ContainersActor.Gone(standing.id()));
    streams.failed();
    streams.rests();
    waiters.removed(ended);
    ending.removed.forEach(ask -> ask.answer(new Done()));
    standing.purge(teardown.cleared());
  }

  private void failed(Failure failure) {
    underWay = false;
    Ended ended = Moves.lastRun(standing.life());
    standing.move(standing.state().in(new Lifecycle.Dead(ended.because(failure.message()))));
    ending.removed.forEach(ask -> ask.fail(failure));
  }
}
