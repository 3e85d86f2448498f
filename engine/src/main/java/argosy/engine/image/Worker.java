package argosy.engine.image;

import org.jspecify.annotations.Nullable;

/** A piece of work on some thread that can be interrupted, also before it has begun. */
final class Worker implements Runnable {
  private final Runnable work;
  private @Nullable Thread thread;
  private boolean interrupted;

  Worker(Runnable work) {
    this.work = work;
  }

  /** Does the work; it always runs, so that its end is always told. */
  @Override
  public void run() {
    begin();
    try {
      work.run();
    } finally {
      end();
    }
  }

  private synchronized void begin() {
    thread = Thread.currentThread();
    if (interrupted) {
      thread.interrupt();
    }
  }

  /** The thread is not ours: it goes back without our interrupt. */
  private synchronized void end() {
    thread = null;
    if (interrupted) {
      Thread.interrupted();
    }
  }

  synchronized void interrupt() {
    interrupted = true;
    if (thread != null) {
      thread.interrupt();
    }
  }

  synchronized boolean isInterrupted() {
    return interrupted;
  }
}
