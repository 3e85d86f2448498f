package argosy.engine.image.store;

import argosy.engine.image.Image;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image's record on disk. Its names stand elsewhere, because a name moves from image to image.
 *
 * @param image without tags and digests
 * @param manifest digest of the manifest it came with, null when it came without
 * @param layers lowest first
 * @param added when it came into the store
 * @param removed true for one that nobody can find any more but whose layers a container still
 *     stands on
 */
public record StoredImage(
    Image image, @Nullable String manifest, List<Layer> layers, Instant added, boolean removed) {
  public StoredImage {
    layers = List.copyOf(layers);
  }

  /** A layer as it came: the blob's digest, media type and size in bytes; unpacked size. */
  public record Layer(String blob, String mediaType, long size, String chain, long unpacked) {}

  public String id() {
    return image.id();
  }

  StoredImage withRemoved(boolean now) {
    return new StoredImage(image, manifest, layers, added, now);
  }
}
