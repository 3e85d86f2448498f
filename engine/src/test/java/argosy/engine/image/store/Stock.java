package argosy.engine.image.store;

import argosy.engine.image.Image;
import argosy.engine.image.ImageConfig;
import argosy.engine.image.ImageRef;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Images that exist on paper, for tests; each layer takes 100 bytes unpacked and 10 packed. */
final class Stock {
  private Stock() {}

  static String id(int number) {
    return "sha256:%064x".formatted(number);
  }

  static StoredImage image(String id, @Nullable String parent, Instant added, List<String> chains) {
    var empty = ImageConfig.EMPTY;
    var image =
        new Image(
            id, List.of(), List.of(), chains, chains, empty, added, "", "amd64", "linux", null, "",
            parent, 0, List.of());
    var layers =
        chains.stream().map(chain -> new StoredImage.Layer(chain, "", 10, chain, 100)).toList();
    return new StoredImage(image, null, layers, added, false);
  }

  static Catalog with(Catalog catalog, StoredImage image, String... names) {
    var references = List.of(names).stream().map(ImageRef::parse).toList();
    return catalog.with(new Arrival(image.id(), image, references, "load", image.id()));
  }
}
