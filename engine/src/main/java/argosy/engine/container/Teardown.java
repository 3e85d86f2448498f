package argosy.engine.container;

import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes away what a run that is over still holds. Belongs to a container's actor. */
final class Teardown {
  private static final Logger LOG = LoggerFactory.getLogger(Teardown.class);

  private final Standing standing;
  private CompletableFuture<Void> cleared = CompletableFuture.completedFuture(null);

  Teardown(Standing standing) {
    this.standing = standing;
  }

  /** Gives the network back; {@link ContainerActor.Left} tells when it is done. */
  void leave() {
    standing.work(
        () -> {
          standing.errands.leave(standing.id());
          return true;
        },
        _ -> new ContainerActor.Left());
  }

  /** The process's remains and the mounts go behind everybody's back. */
  void clear() {
    String id = standing.id();
    var around = standing.around;
    boolean volumes = standing.record().hasVolumes();
    cleared =
        cleared
            .exceptionally(_ -> null)
            .thenRunAsync(
                () -> {
                  around.runtime().delete(id);
                  around.roots().unmount(id);
                  if (volumes) {
                    standing.errands.unmountVolumes(id);
                  }
                },
                around.blocking())
            .exceptionally(failure -> {
              LOG.warn("clearing up after container {}: {}", id, failure.toString());
              return null;
            });
  }

  /** Done when nothing is left of the runs so far. */
  CompletableFuture<Void> cleared() {
    return cleared;
  }
}
