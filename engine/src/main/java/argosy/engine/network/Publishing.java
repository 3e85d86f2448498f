package argosy.engine.network;

import argosy.engine.failure.Done;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import argosy.engine.netlink.PortTaken;
import argosy.engine.network.Attachment.Rewired;
import argosy.engine.network.Attachments.Publication;
import argosy.engine.network.PortAllocation.Place;
import argosy.engine.network.Sandbox.Published;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;

/** Ports of containers published and withdrawn while they run. Part of one actor. */
final class Publishing {
  /** How often another port is tried when the host can not give the one that was chosen. */
  private static final int ATTEMPTS = 10;

  private final Attachments attachments;
  private final Cabling cabling;
  private final Remembered remembered;
  private final Shortage shortage;
  private final Turn turn;

  Publishing(
      Attachments attachments,
      Cabling cabling,
      Remembered remembered,
      Shortage shortage,
      Turn turn) {
    this.attachments = attachments;
    this.cabling = cabling;
    this.remembered = remembered;
    this.shortage = shortage;
    this.turn = turn;
  }

  private record Step(
      Attachment.Publish order,
      Republication change,
      Sandbox old,
      Publication publication,
      Set<Place> avoid) {
    private Sandbox fresh() {
      var ports = new ArrayList<>(change.kept());
      ports.addAll(publication.ports());
      return old.with(old.endpoints(), ports);
    }
  }

  void publish(Attachment.Publish order) {
    try {
      Sandbox old = order.running() ? remembered.running(order.guest()) : null;
      var change =
          Republication.of(
              order.spec(), old == null ? List.of() : old.ports(), order.add(), order.remove());
      if (old == null) {
        order.replyTo().tell(Outcome.ok(new Rewired(change.spec(), null)));
      } else {
        attempt(order, change, old, Set.of());
      }
    } catch (Refused refused) {
      if (!shortage.defers(refused.failure(), () -> publish(order))) {
        order.replyTo().tell(Outcome.failed(conflict(refused.failure())));
      }
    }
  }

  private void attempt(
      Attachment.Publish order, Republication change, Sandbox old, Set<Place> avoid) {
    var publication =
        attachments.publish(change.added(), old.endpoints(), avoid, places(change.gone()));
    var step = new Step(order, change, old, publication, avoid);
    var before = SandboxPlan.forwards(old.with(old.endpoints(), change.gone()));
    var after = SandboxPlan.forwards(old.with(old.endpoints(), publication.ports()));
    turn.<Done>work(
        () -> {
          cabling.wiring().republish(before, after);
          return new Done();
        },
        (done, failed) -> {
          if (failed == null) {
            published(step);
          } else {
            notPublished(step, failed instanceof CompletionException e ? cause(e) : failed);
          }
        });
  }

  private static Throwable cause(CompletionException wrapped) {
    return wrapped.getCause() == null ? wrapped : wrapped.getCause();
  }

  private void published(Step step) {
    Sandbox fresh = step.fresh();
    var kept = places(fresh.ports());
    var gone =
        step.change().gone().stream().filter(each -> !kept.contains(Place.of(each))).toList();
    if (remembered.running().get(step.old().container()) != step.old()) {
      endedMeanwhile(step);
      return;
    }
    attachments.release(gone);
    remembered.put(fresh);
    step.order().replyTo().tell(Outcome.ok(new Rewired(step.change().spec(), fresh)));
  }

  /** The container ended and took down what it had; what it just got is taken down now. */
  private void endedMeanwhile(Step step) {
    var after =
        SandboxPlan.forwards(step.old().with(step.old().endpoints(), step.publication().ports()));
    turn.<Done>work(
        () -> {
          cabling.wiring().republish(after, List.of());
          return new Done();
        },
        (_, _) -> attachments.release(step.publication().ports()));
    step.order()
        .replyTo()
        .tell(
            Outcome.failed(
                new Failure.Conflict("container " + step.old().container() + " is not running")));
  }

  private void notPublished(Step step, Throwable failed) {
    attachments.release(step.publication().ports());
    boolean runs = remembered.running().get(step.old().container()) == step.old();
    if (runs) {
      attachments.hold(step.change().gone());
    }
    if (failed instanceof PortTaken taken) {
      Place place = Place.of(taken.forward());
      if (runs && step.publication().flexible().contains(place) && step.avoid().size() < ATTEMPTS) {
        again(step, place);
        return;
      }
      Endpoint endpoint = step.old().endpoints().getFirst();
      String why = String.valueOf(taken.getMessage());
      step.order()
          .replyTo()
          .tell(Outcome.failed(new Failure.Conflict(Attachments.unpublishedText(endpoint, why))));
      return;
    }
    step.order().replyTo().tell(Outcome.failed(failed));
  }

  private void again(Step step, Place taken) {
    var avoid = new HashSet<>(step.avoid());
    avoid.add(taken);
    try {
      attempt(step.order(), step.change(), step.old(), Set.copyOf(avoid));
    } catch (Refused refused) {
      step.order().replyTo().tell(Outcome.failed(conflict(refused.failure())));
    }
  }

  /** A port that is somebody's is no fault of the host's here. */
  private static Failure conflict(Failure failure) {
    return failure instanceof Failure.Internal ? new Failure.Conflict(failure.message()) : failure;
  }

  private static Set<Place> places(List<Published> published) {
    var places = new HashSet<Place>();
    published.forEach(each -> places.add(Place.of(each)));
    return places;
  }
}
