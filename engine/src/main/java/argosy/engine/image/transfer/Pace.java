package argosy.engine.image.transfer;

import java.util.function.LongConsumer;

/** Lets a figure through ten times a second at most, so that progress costs nothing. */
final class Pace implements LongConsumer {
  private static final long NANOS = 100_000_000;

  private final LongConsumer listener;
  private long last;

  Pace(LongConsumer listener) {
    this.listener = listener;
    this.last = System.nanoTime();
  }

  @Override
  public void accept(long figure) {
    long now = System.nanoTime();
    if (now - last >= NANOS) {
      last = now;
      listener.accept(figure);
    }
  }
}
