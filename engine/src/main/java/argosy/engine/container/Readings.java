package argosy.engine.container;

import argosy.engine.container.life.Move;
import argosy.engine.container.life.Moves;
import argosy.engine.failure.Done;
import argosy.engine.failure.Refused;
import argosy.engine.protocol.Ask;
import java.util.Map;

/** What is read off a container without changing it. */
final class Readings {
  private final Standing standing;

  Readings(Standing standing) {
    this.standing = standing;
  }

  void inspect(Ask<ContainerRequest<?>> ask, ContainerRequest.Inspect order) {
    if (!order.size()) {
      ask.answer(standing.container());
      return;
    }
    Container plain = standing.container();
    var roots = standing.around.roots();
    long image = standing.record().imageSize();
    standing.work(
        () -> {
          long writable = roots.writableBytes(plain.id());
          return plain.sized(new Container.Sizes(writable, image + writable));
        },
        outcome -> new ContainerActor.Answer(ask, outcome));
  }

  void top(Ask<ContainerRequest<?>> ask, ContainerRequest.Top order) {
    check(Move.INSIDE, order.reference());
    int pid = Moves.pid(standing.life()).orElseThrow();
    standing.publish("top");
    standing.work(
        () -> new ProcessTable(pid).list(order.psArguments()),
        outcome -> new ContainerActor.Answer(ask, outcome));
  }

  void changes(Ask<ContainerRequest<?>> ask) {
    var where = standing.around.roots().locations(standing.id(), standing.record().layers());
    standing.work(() -> FileChanges.of(where), outcome -> new ContainerActor.Answer(ask, outcome));
  }

  void resize(Ask<ContainerRequest<?>> ask, ContainerRequest.Resize order) {
    check(Move.INSIDE, order.reference());
    standing.publish(
        "resize",
        Map.of(
            "height", Integer.toString(order.height()), "width", Integer.toString(order.width())));
    var runtime = standing.around.runtime();
    standing.work(
        () -> {
          runtime.resize(standing.id(), order.height(), order.width());
          return new Done();
        },
        outcome -> new ContainerActor.Answer(ask, outcome));
  }

  private void check(Move move, String reference) {
    move.refusal(standing.life(), standing.subject(reference))
        .ifPresent(failure -> {
          throw new Refused(failure);
        });
  }
}
