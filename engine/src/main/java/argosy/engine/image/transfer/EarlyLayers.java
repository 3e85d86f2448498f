package argosy.engine.image.transfer;

import argosy.engine.archive.TarReader;
import argosy.engine.disk.Arriving;
import argosy.engine.disk.Blobs;
import argosy.engine.disk.Digest;
import argosy.engine.disk.Layers;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of an image archive, put away as blobs while it streams by, and those that look like
 * layers unpacked meanwhile. Which of them are layers is told at the archive's end alone: what was
 * unpacked in vain goes. An archive whose layers are here already is not unpacked again.
 */
final class EarlyLayers implements AutoCloseable {
  private static final Pattern LAYER = Pattern.compile("blobs/sha256/.*|.*\\.tar");
  private static final Pattern NAMED = Pattern.compile(".*?([0-9a-f]{64}).*");

  /** Two blocks of zeros, an archive's end, are the smallest there is. */
  private static final long SMALLEST = 1024;

  private final Layers layers;
  private final Blobs blobs;
  private final Executor blocking;
  private final Semaphore slots = new Semaphore(Runtime.getRuntime().availableProcessors());
  private final Map<Digest, EarlyDraft> drafts = new HashMap<>();
  private boolean known;

  EarlyLayers(Layers layers, Blobs blobs, Executor blocking) {
    this.layers = layers;
    this.blobs = blobs;
    this.blocking = blocking;
  }

  /** Puts one file away; {@code size} in bytes. */
  Blobs.Stored put(String name, long size, TarReader archive) throws IOException {
    InputStream content = archive.content();
    if (size < SMALLEST || !LAYER.matcher(name).matches() || archive.peek() == '{') {
      return blobs.put(content, null, _ -> {});
    }
    var draft = new EarlyDraft(layers, slots, blocking, _ -> {});
    var coming = new Arriving[1];
    Blobs.Stored stored;
    boolean kept = false;
    try {
      stored =
          blobs.put(
              content,
              null,
              _ -> {},
              arriving -> {
                coming[0] = arriving;
                if (!isKnown(name)) {
                  draft.begin(arriving);
                }
              });
      known = coming[0].known();
      kept = drafts.putIfAbsent(stored.digest(), draft) == null;
    } finally {
      if (!kept) {
        draft.abandon();
      }
    }
    return stored;
  }

  /** By its name where that is its digest, else by the file before it. */
  private boolean isKnown(String name) {
    var digest = NAMED.matcher(name);
    return known || digest.matches() && blobs.has(new Digest(digest.group(1)));
  }

  /** A layer that was unpacked; the caller closes it. */
  Layers.@Nullable Draft take(Digest blob) {
    var draft = drafts.get(blob);
    try {
      return draft == null ? null : draft.take().orElse(null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("the load was cancelled"));
    }
  }

  @Override
  public void close() {
    drafts.values().forEach(EarlyDraft::abandon);
  }
}
