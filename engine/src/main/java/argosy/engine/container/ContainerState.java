package argosy.engine.container;

import argosy.engine.network.Sandbox;
import org.jspecify.annotations.Nullable;

/**
 * What was last seen of a container. Written without syncing: after a power cut the runtime is
 * asked, after the daemon's death the page cache still has it.
 *
 * @param sandbox the network of the run that goes on, null when none does
 */
record ContainerState(Lifecycle life, int restartCount, @Nullable Sandbox sandbox) {
  static final ContainerState FRESH = new ContainerState(new Lifecycle.Created(), 0, null);

  ContainerState in(Lifecycle next) {
    return new ContainerState(next, restartCount, sandbox);
  }

  ContainerState on(@Nullable Sandbox joined) {
    return new ContainerState(life, restartCount, joined);
  }

  ContainerState restarted(int count) {
    return new ContainerState(life, count, sandbox);
  }
}
