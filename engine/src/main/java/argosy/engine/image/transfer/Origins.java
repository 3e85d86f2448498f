package argosy.engine.image.transfer;

import argosy.engine.image.ImageRef;
import argosy.engine.image.store.Catalog;
import java.util.List;

/** Which other repositories of the same registry should have a layer, going by what we know. */
record Origins(Catalog catalog, ImageRef destination) {

  /** Paths of repositories from which, or to which, an image with this blob has come. */
  List<String> of(String blob) {
    return catalog.names().entrySet().stream()
        .filter(name -> has(name.getValue(), blob))
        .map(name -> ImageRef.parse(name.getKey()))
        .filter(name -> name.digest() != null && name.domain().equals(destination.domain()))
        .map(ImageRef::path)
        .filter(path -> !path.equals(destination.path()))
        .distinct()
        .toList();
  }

  private boolean has(String image, String blob) {
    var stored = catalog.images().get(image);
    return stored != null && stored.layers().stream().anyMatch(layer -> layer.blob().equals(blob));
  }
}
