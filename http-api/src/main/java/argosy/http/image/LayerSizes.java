package argosy.http.image;

import argosy.engine.image.Image;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How big layers are and how many images stand on them, read off the images' histories.
 *
 * @param bytes by chain id
 * @param users how many images have it, by chain id
 */
public record LayerSizes(Map<String, Long> bytes, Map<String, Integer> users) {

  public static LayerSizes of(List<Image> images) {
    var bytes = new HashMap<String, Long>();
    var users = new HashMap<String, Integer>();
    for (var image : images) {
      var sizes =
          image.history().stream()
              .filter(line -> !line.emptyLayer())
              .map(Image.History::size)
              .toList();
      for (int i = 0; i < image.layers().size(); i++) {
        String layer = image.layers().get(i);
        users.merge(layer, 1, Integer::sum);
        if (sizes.size() == image.layers().size()) {
          bytes.put(layer, sizes.get(i));
        }
      }
    }
    return new LayerSizes(Map.copyOf(bytes), Map.copyOf(users));
  }

  /** Bytes of all layers, each counted once. */
  public long total() {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Bytes of an image's layers that another image has too. */
  public long shared(Image image) {
    return image.layers().stream()
        .filter(layer -> users.getOrDefault(layer, 0) > 1)
        .mapToLong(layer -> bytes.getOrDefault(layer, 0L))
        .sum();
  }
}
