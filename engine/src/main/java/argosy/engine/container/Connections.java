package argosy.engine.container;

import argosy.engine.container.life.Move;
import argosy.engine.failure.Done;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.network.Attachment;
import argosy.engine.network.Guest;
import argosy.engine.network.NetworkRequest;
import argosy.engine.network.Sandbox;
import argosy.engine.protocol.Ask;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The networks that one container enters and leaves, running or not. What it asks for is kept in
 * its record, what it has in its state. Belongs to the container's actor.
 */
final class Connections {
  private final Standing standing;
  private final Consumer<Boolean> works;

  /** {@code works}: told when a step begins and when it is over. */
  Connections(Standing standing, Consumer<Boolean> works) {
    this.standing = standing;
    this.works = works;
  }

  /** Carries out a connect or a disconnect. */
  void now(Ask<NetworkRequest<?>> ask) {
    var guest = guest();
    var spec = standing.record().spec().network();
    boolean running = Move.alive(standing.life());
    switch (ask.request()) {
      case NetworkRequest.Connect order ->
          work(ask, () -> standing.errands.connect(guest, spec, order, running));
      case NetworkRequest.Disconnect order ->
          work(ask, () -> standing.errands.disconnect(guest, spec, order, running));
      case NetworkRequest<?> other ->
          ask.fail(new Failure.Internal("not for a container: " + other.getClass().getName()));
    }
  }

  /** Publishes ports and withdraws others. */
  void publish(Ask<?> ask, ContainerRequest.Publish order) {
    var guest = guest();
    var spec = standing.record().spec().network();
    boolean running = Move.alive(standing.life());
    work(ask, () -> standing.errands.publish(guest, spec, order, running));
  }

  /** Its networks shall know the name that its record has now. */
  void renamed(Ask<?> ask) {
    var guest = guest();
    var record = standing.record();
    work(ask, () -> standing.errands.rename(guest, record.spec().network()));
  }

  private Guest guest() {
    var record = standing.record();
    return new Guest(record.id(), record.name(), record.spec().identity().hostname());
  }

  private void work(Ask<?> ask, Supplier<Attachment.Rewired> errand) {
    works.accept(true);
    var record = standing.record();
    var before = standing.state().sandbox();
    standing.work(
        () -> {
          var rewired = errand.get();
          var after = rewired.sandbox();
          if (before != null && after != null) {
            EtcFiles.rewrite(standing.directory(), record, before, after);
          }
          return rewired;
        },
        outcome -> new ContainerActor.Rewired(ask, outcome));
  }

  /** It is done, or refused. */
  void rewired(Ask<?> ask, Outcome<Attachment.Rewired> outcome) {
    switch (outcome) {
      case Outcome.Ok<Attachment.Rewired>(var rewired) -> {
        keep(rewired);
        Object answer = answer(ask, rewired);
        standing.written().thenRun(() -> ask.answer(answer));
      }
      case Outcome.Failed<Attachment.Rewired>(var failure) -> ask.fail(failure);
    }
    works.accept(false);
  }

  private Object answer(Ask<?> ask, Attachment.Rewired rewired) {
    if (!(ask.request() instanceof ContainerRequest.Publish)) {
      return new Done();
    }
    var sandbox = rewired.sandbox();
    var published = sandbox == null ? List.<Sandbox.Published>of() : sandbox.ports();
    standing.publish("update", Map.of("ports", PortText.of(published)));
    return new ContainerRequest.PublishedPorts(rewired.spec().bindings(), published);
  }

  private void keep(Attachment.Rewired rewired) {
    var sandbox = rewired.sandbox();
    if (sandbox != null && Move.alive(standing.life())) {
      standing.move(standing.state().on(sandbox));
    }
    var record = standing.record();
    if (record.spec().network().equals(rewired.spec())) {
      return;
    }
    var next = record.over(record.spec().on(rewired.spec()));
    standing.change(next);
    standing.write(() -> standing.ledger.records().put(next.id(), next));
  }
}
