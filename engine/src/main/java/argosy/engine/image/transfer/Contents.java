package argosy.engine.image.transfer;

import argosy.engine.disk.Digest;
import argosy.engine.image.ImageContent;
import argosy.engine.image.manifest.Manifest;
import argosy.engine.image.store.Catalog;
import argosy.engine.image.store.StoredImage;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How much of a registry some images are. */
public final class Contents {
  private final Shelves shelves;
  private final List<StoredImage> images;

  private Contents(Shelves shelves, List<StoredImage> images) {
    this.shelves = shelves;
    this.images = images;
  }

  /** Of those of these ids that are there. */
  public static Contents of(Catalog catalog, Shelves shelves, List<String> ids) {
    var images = ids.stream().flatMap(id -> Stream.ofNullable(catalog.images().get(id)));
    return new Contents(shelves, images.toList());
  }

  /** By image id; one whose files go meanwhile is left out. Blocks. */
  public Map<String, ImageContent> measured() {
    var contents = new HashMap<String, ImageContent>();
    for (StoredImage image : images) {
      var config = Digest.parse(image.id());
      String came = image.manifest();
      if (shelves.blobs().has(config)
          && (came == null || shelves.blobs().has(Digest.parse(came)))) {
        contents.put(image.id(), content(image, shelves.blobs().size(config)));
      }
    }
    return contents;
  }

  private ImageContent content(StoredImage image, long config) {
    byte[] manifest = manifest(image);
    long layers = image.layers().stream().mapToLong(StoredImage.Layer::size).sum();
    return new ImageContent(
        Digest.of(manifest).toString(),
        Manifest.mediaType(manifest),
        manifest.length,
        manifest.length + config + layers);
  }

  private byte[] manifest(StoredImage image) {
    String came = image.manifest();
    try {
      return came == null
          ? SavedManifest.of(shelves, image, image.layers())
          : shelves.blobs().bytes(Digest.parse(came));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest is always JSON", e);
    }
  }
}
