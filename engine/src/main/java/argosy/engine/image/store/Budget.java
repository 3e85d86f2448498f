package argosy.engine.image.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How much images may take of the disk, and which have to go when they take more: those that were
 * not used for longest.
 *
 * @param bytes of layers, unpacked and as they came; 0: as much as they like
 * @param grace for how long after its last use an image is safe
 */
public record Budget(long bytes, Duration grace) {
  public static final Budget NONE = new Budget(0, Duration.ZERO);

  public Budget {
    if (bytes < 0 || grace.isNegative()) {
      throw new IllegalArgumentException("an image budget and its grace must not be negative");
    }
  }

  /** What the images of a catalog take, each layer and each blob counted once. */
  public static long taken(Catalog catalog) {
    return taken(catalog.images().values());
  }

  private static long taken(Collection<StoredImage> images) {
    var parts = new HashMap<String, Long>();
    for (StoredImage image : images) {
      for (StoredImage.Layer layer : image.layers()) {
        parts.put("unpacked " + layer.chain(), layer.unpacked());
        parts.put("packed " + layer.blob(), layer.size());
      }
    }
    return parts.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * The images that have to go, each after its children. None that a container has, whose layers
   * somebody works with, or that was used within the grace; none whose going would free nothing.
   *
   * @param held chain ids, blobs and images that transfers and builds hold
   */
  public List<StoredImage> overdue(Catalog catalog, LastUse uses, Set<String> held, Instant now) {
    if (bytes == 0 || taken(catalog) <= bytes) {
      return List.of();
    }
    var left = new HashMap<>(catalog.images());
    var doomed = new ArrayList<StoredImage>();
    var idle =
        catalog
            .visible()
            .filter(image -> catalog.usersOf(image.id()).isEmpty())
            .filter(image -> isFree(image, held))
            .filter(image -> uses.of(image).plus(grace).isBefore(now))
            .sorted(Comparator.comparing(uses::of).thenComparing(StoredImage::id))
            .toList();
    while (taken(left.values()) > bytes) {
      var next = idle.stream().filter(image -> mayGo(image, left)).findFirst();
      if (next.isEmpty()) {
        break;
      }
      left.remove(next.get().id());
      doomed.add(next.get());
    }
    return spared(doomed, left);
  }

  private static boolean isFree(StoredImage image, Set<String> held) {
    return !held.contains(image.id())
        && image.layers().stream()
            .noneMatch(layer -> held.contains(layer.chain()) || held.contains(layer.blob()));
  }

  private static boolean mayGo(StoredImage image, Map<String, StoredImage> left) {
    return left.containsKey(image.id())
        && left.values().stream().noneMatch(other -> image.id().equals(other.image().parent()));
  }

  /** Without those, youngest use first, that may as well stay: their layers are others' too. */
  private List<StoredImage> spared(List<StoredImage> doomed, Map<String, StoredImage> left) {
    var gone = new HashSet<String>();
    for (StoredImage image : doomed.reversed()) {
      String parent = image.image().parent();
      long before = taken(left.values());
      left.put(image.id(), image);
      long with = taken(left.values());
      boolean orphan = parent != null && gone.contains(parent);
      if (orphan || with > Math.max(before, bytes)) {
        left.remove(image.id());
        gone.add(image.id());
      }
    }
    return doomed.stream().filter(image -> gone.contains(image.id())).toList();
  }
}
