package argosy.engine.image.store;

import argosy.engine.image.Image;
import argosy.engine.image.manifest.Platform;
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

  /** What it runs on. */
  public Platform platform() {
    String variant = image.variant();
    return Platform.of(image.os(), image.architecture(), variant == null ? "" : variant);
  }

  /** The same as the child of another. */
  public StoredImage withParent(String parent) {
    return new StoredImage(image.withParent(parent), manifest, layers, added, removed);
  }

  /** With the parent that a newcomer of the same id knows, if it knows one. */
  StoredImage withParentOf(@Nullable StoredImage fresh) {
    String parent = fresh == null ? null : fresh.image().parent();
    return parent == null ? this : withParent(parent);
  }

  StoredImage withRemoved(boolean now) {
    return new StoredImage(image, manifest, layers, added, now);
  }
}
