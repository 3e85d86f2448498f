package argosy.engine.image.transfer;

import argosy.engine.disk.Digest;
import argosy.engine.disk.Json;
import argosy.engine.image.manifest.Manifest;
import argosy.engine.image.store.StoredImage;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The OCI manifest that an image has in a saved archive. */
final class SavedManifest {
  private SavedManifest() {}

  /** {@code layers}: lowest first, as they are kept; the configuration's blob is read. */
  static byte[] of(Shelves shelves, StoredImage image, List<StoredImage.Layer> layers)
      throws JsonProcessingException {
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("schemaVersion", 2).put("mediaType", Manifest.OCI_MANIFEST);
    var config = Digest.parse(image.id());
    root.set(
        "config", descriptor(Manifest.OCI_CONFIG, config.toString(), shelves.blobs().size(config)));
    ArrayNode lines = root.putArray("layers");
    for (StoredImage.Layer layer : layers) {
      lines.add(descriptor(oci(layer.mediaType()), layer.blob(), layer.size()));
    }
    return Json.mapper().writeValueAsBytes(root);
  }

  /** OCI's name for what Docker calls its layers. */
  private static String oci(String mediaType) {
    return switch (mediaType) {
      case "application/vnd.docker.image.rootfs.diff.tar.gzip" -> Manifest.OCI_LAYER + "+gzip";
      case "application/vnd.docker.image.rootfs.diff.tar.zstd" -> Manifest.OCI_LAYER + "+zstd";
      case "application/vnd.docker.image.rootfs.diff.tar" -> Manifest.OCI_LAYER;
      default -> mediaType;
    };
  }

  /** An OCI descriptor. */
  static ObjectNode descriptor(String mediaType, String digest, long size) {
    return Json.mapper()
        .createObjectNode()
        .put("mediaType", mediaType)
        .put("digest", digest)
        .put("size", size);
  }
}
