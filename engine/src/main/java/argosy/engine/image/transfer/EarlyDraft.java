package argosy.engine.image.transfer;

import argosy.engine.disk.Arriving;
import argosy.engine.disk.Layers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A layer that is unpacked while its blob is on its way here. It may come to nothing, for a reason
 * that whoever unpacks the blob afterwards finds again and tells.
 */
final class EarlyDraft {
  private static final Logger LOG = LoggerFactory.getLogger(EarlyDraft.class);

  private final Layers layers;
  private final Semaphore slots;
  private final Executor blocking;
  private final LongConsumer progress;
  private boolean begun;
  private boolean ended;
  private boolean abandoned;
  private @Nullable InputStream stream;
  private Layers.@Nullable Draft draft;

  /** {@code slots}: one has to be had while it is unpacked. */
  EarlyDraft(Layers layers, Semaphore slots, Executor blocking, LongConsumer progress) {
    this.layers = layers;
    this.slots = slots;
    this.blocking = blocking;
    this.progress = progress;
  }

  /** Begins with a blob, unless it has begun already. */
  synchronized void begin(Arriving blob) {
    if (begun || abandoned) {
      return;
    }
    try {
      var in = blob.follow();
      stream = in;
      begun = true;
      blocking.execute(() -> unpack(in));
    } catch (IOException e) {
      throw new UncheckedIOException("can not read a blob that comes: " + e.getMessage(), e);
    }
  }

  private void unpack(InputStream in) {
    Layers.Draft made = null;
    try (in) {
      slots.acquire();
      try {
        made = layers.unpack(in, progress);
      } finally {
        slots.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      LOG.debug("a layer was not unpacked while it came: {}", e.getMessage());
    } finally {
      end(made);
    }
  }

  private synchronized void end(Layers.@Nullable Draft made) {
    ended = true;
    if (abandoned && made != null) {
      made.close();
    } else {
      draft = made;
    }
    notifyAll();
  }

  /** Waits for it; empty when it was never begun or came to nothing. The caller closes it. */
  synchronized Optional<Layers.Draft> take() throws InterruptedException {
    while (begun && !ended) {
      wait();
    }
    var made = Optional.ofNullable(draft);
    draft = null;
    return made;
  }

  /** Nobody takes it any more. Idempotent. */
  synchronized void abandon() {
    abandoned = true;
    try {
      if (stream != null) {
        stream.close();
      }
    } catch (IOException e) {
      LOG.debug("a blob can not be closed: {}", e.getMessage());
    }
    if (draft != null) {
      draft.close();
      draft = null;
    }
  }
}
