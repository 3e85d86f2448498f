package argosy.engine.image.transfer;

import argosy.engine.disk.Digest;
import argosy.engine.disk.Layers;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.image.store.StoredImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Turns a stored blob into a layer, unless it is one already. */
final class Unpacked {
  private Unpacked() {}

  /**
   * Unpacks a blob under its chain id.
   *
   * @throws Refused when what it unpacks to is not what the configuration says
   */
  static StoredImage.Layer layer(
      Shelves shelves, Blob blob, Digest diffId, Digest chain, LongConsumer progress) {
    return layer(shelves, blob, diffId, chain, progress, null);
  }

  /** The same for a layer that may be unpacked already; {@code early} is closed. */
  static StoredImage.Layer layer(
      Shelves shelves,
      Blob blob,
      Digest diffId,
      Digest chain,
      LongConsumer progress,
      Layers.@Nullable Draft early) {
    if (early != null) {
      try (early) {
        keep(early, diffId, chain);
      }
    }
    if (!shelves.layers().has(chain)) {
      try (var in = shelves.blobs().open(blob.digest());
          var draft = shelves.layers().unpack(in, progress)) {
        keep(draft, diffId, chain);
      } catch (IOException e) {
        throw new UncheckedIOException("can not read " + blob.digest() + ": " + e, e);
      }
    }
    return new StoredImage.Layer(
        blob.digest().toString(),
        blob.mediaType(),
        blob.size(),
        chain.toString(),
        shelves.layers().size(chain));
  }

  private static void keep(Layers.Draft draft, Digest diffId, Digest chain) {
    if (!draft.diffId().equals(diffId)) {
      throw new Refused(
          new Failure.Invalid(
              "failed to register layer: wrong diff id calculated on extraction, invalid diff id "
                  + draft.diffId()));
    }
    draft.keep(chain);
  }

  /** A layer's bytes as they came; size in bytes. */
  record Blob(Digest digest, String mediaType, long size) {}
}
