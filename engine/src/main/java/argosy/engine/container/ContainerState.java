package argosy.engine.container;

import argosy.engine.container.Container.Health;
import argosy.engine.container.health.HealthCourse;
import argosy.engine.container.life.Move;
import argosy.engine.network.Sandbox;
import org.jspecify.annotations.Nullable;

/**
 * What was last seen of a container. Written without syncing: after a power cut the runtime is
 * asked, after the daemon's death the page cache still has it.
 *
 * @param sandbox the network of the run that goes on, null when none does
 * @param health what probes last said, null when none are asked for
 */
record ContainerState(
    Lifecycle life, int restartCount, @Nullable Sandbox sandbox, @Nullable Health health) {
  static final ContainerState FRESH = new ContainerState(new Lifecycle.Created(), 0, null, null);

  ContainerState in(Lifecycle next) {
    boolean over = Move.alive(life) && !Move.alive(next);
    return new ContainerState(
        next, restartCount, sandbox, over ? HealthCourse.over(health) : health);
  }

  ContainerState on(@Nullable Sandbox joined) {
    return new ContainerState(life, restartCount, joined, health);
  }

  ContainerState restarted(int count) {
    return new ContainerState(life, count, sandbox, health);
  }

  ContainerState probed(@Nullable Health last) {
    return new ContainerState(life, restartCount, sandbox, last);
  }
}
