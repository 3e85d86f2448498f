package argosy.engine.linux;

import java.util.ArrayList;
import java.util.List;

/**
 * Ends a run before one of its steps: whoever comes to a step after that goes no further either, as
 * when the process is killed. What is made ahead in the background waits until the order is done,
 * so that the same number means the same step each time.
 */
public final class Reaper implements FailPoint.Watch, AutoCloseable {
  /** Thrown where the run ends; nobody catches an error to clean up after it. */
  public static final class Killed extends Error {
    Killed(String step) {
      super("killed before: " + step, null, false, false);
    }
  }

  private final String background;
  private final List<String> steps = new ArrayList<>();
  private int left;
  private boolean dead;
  private boolean answered;

  /**
   * From now on.
   *
   * @param left how many steps are taken
   * @param background how the first step of what is made ahead begins
   */
  public Reaper(int left, String background) {
    this.left = left;
    this.background = background;
    FailPoint.tell(this);
  }

  @Override
  public synchronized void before(String step) {
    while (!dead && !answered && step.startsWith(background)) {
      pause();
    }
    if (!dead && left == 0) {
      dead = true;
      steps.add(step);
      notifyAll();
    }
    if (dead) {
      throw new Killed(step);
    }
    left--;
    steps.add(step);
  }

  private void pause() {
    try {
      wait();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The order is answered: what waited goes on, and counts. */
  public synchronized void answered() {
    answered = true;
    notifyAll();
  }

  public synchronized boolean isDead() {
    return dead;
  }

  /** The steps that were taken, and the one that was not. */
  public synchronized List<String> steps() {
    return List.copyOf(steps);
  }

  /** From now on everybody lives. */
  @Override
  public void close() {
    FailPoint.tell(null);
  }
}
