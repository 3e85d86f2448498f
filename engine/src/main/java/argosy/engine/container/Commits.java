package argosy.engine.container;

import argosy.engine.container.ContainerRequest.Committed;
import argosy.engine.container.life.Move;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import argosy.engine.image.CommitOrder;
import argosy.engine.image.ImageConfig;
import argosy.engine.image.ImageRef;
import argosy.engine.image.Images;
import argosy.engine.protocol.Ask;
import argosy.engine.spec.ContainerSpec;
import argosy.engine.spec.Port;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/**
 * Images made of this container. It is frozen only while its files are read; nobody else who orders
 * something of it waits. Belongs to the container's actor.
 */
final class Commits {
  private final Standing standing;
  private final Freeze freeze;

  Commits(Standing standing, Freeze freeze) {
    this.standing = standing;
    this.freeze = freeze;
  }

  void commit(Ask<ContainerRequest<?>> ask, ContainerRequest.Commit order) {
    if (standing.life() instanceof Lifecycle.Removing) {
      throw new Refused(
          new Failure.Conflict(
              "You cannot commit container %s which is being removed".formatted(standing.id())));
    }
    var record = standing.record();
    boolean still = order.pause() && Move.alive(standing.life());
    var wanted =
        new CommitOrder(
            record.imageId(),
            order.repository(),
            order.tag(),
            order.author(),
            order.comment(),
            createdBy(record.spec()),
            config(record.spec()),
            order.config(),
            order.changes(),
            out -> write(record, still, out));
    var made =
        Images.commit(standing.around.neighbours().images(), standing.context.getSystem(), wanted);
    standing.context.pipeToSelf(
        made.thenApply(outcome -> outcome.map(Committed::new)),
        (outcome, thrown) ->
            new ContainerActor.Answer(
                ask, told(order, thrown == null ? outcome : Outcome.failed(thrown))));
  }

  private Outcome<Committed> told(ContainerRequest.Commit order, Outcome<Committed> outcome) {
    if (outcome instanceof Outcome.Ok<Committed>(var made)) {
      var record = standing.record();
      String name = order.repository().isEmpty() ? "" : reference(order.repository(), order.tag());
      View.publish(
          record,
          "commit",
          Map.of("comment", order.comment(), "imageID", made.image(), "imageRef", name),
          standing.around);
    }
    return outcome;
  }

  private static String reference(String repository, String tag) {
    var name = ImageRef.parse(repository);
    return (tag.isEmpty() ? name : name.withTag(tag)).familiar();
  }

  /** Native calls: on a platform thread, which the image store's waits for. */
  private void write(ContainerRecord record, boolean still, OutputStream out) throws IOException {
    var done = new CompletableFuture<Void>();
    Thread.ofPlatform()
        .daemon()
        .name("commit-" + record.id().substring(0, 12))
        .start(() -> {
          try {
            if (still) {
              freeze.during(() -> layer(record, out));
            } else {
              layer(record, out);
            }
            done.complete(null);
          } catch (RuntimeException | IOException e) {
            done.completeExceptionally(e);
          }
        });
    try {
      done.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException broken) {
        throw broken;
      }
      throw e;
    }
  }

  private void layer(ContainerRecord record, OutputStream out) {
    WritableLayer.write(standing.around.roots(), record.id(), record.layers(), out);
  }

  /** As Docker has it: the container's command, without its entry point. */
  private static String createdBy(ContainerSpec spec) {
    var command = spec.process().cmd();
    return command == null ? "" : String.join(" ", command);
  }

  private static ImageConfig config(ContainerSpec spec) {
    var process = spec.process();
    return new ImageConfig(
        process.user(),
        spec.network().exposed().stream().map(Port::toString).collect(Collectors.toSet()),
        process.env(),
        process.entrypoint(),
        process.cmd(),
        spec.storage().anonymousVolumes(),
        process.workingDir(),
        spec.identity().labels(),
        process.stopSignal(),
        List.of(),
        List.of(),
        spec.health());
  }
}
