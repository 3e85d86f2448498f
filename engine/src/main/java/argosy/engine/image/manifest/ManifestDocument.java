package argosy.engine.image.manifest;

import argosy.engine.disk.Digest;
import argosy.engine.disk.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A manifest that is written because the image came without one: Docker's schema 2, which every
 * registry and engine reads, or OCI's where a layer is packed in a way that only OCI names.
 */
public record ManifestDocument(String mediaType, byte[] bytes) {
  private static final String DOCKER_MANIFEST =
      "application/vnd.docker.distribution.manifest.v2+json";
  private static final String DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json";
  private static final String DOCKER_LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip";
  private static final String GZIP = "gzip";

  /** A manifest of a configuration and its layers, lowest first. */
  public static ManifestDocument of(Descriptor config, List<Descriptor> layers) {
    boolean docker = layers.stream().allMatch(layer -> layer.mediaType().endsWith(GZIP));
    String type = docker ? DOCKER_MANIFEST : Manifest.OCI_MANIFEST;
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("schemaVersion", 2).put("mediaType", type);
    root.set(
        "config",
        node(docker ? DOCKER_CONFIG : Manifest.OCI_CONFIG, config.digest(), config.size()));
    ArrayNode lines = root.putArray("layers");
    for (Descriptor layer : layers) {
      String packed = docker ? DOCKER_LAYER : oci(layer.mediaType());
      lines.add(node(packed, layer.digest(), layer.size()));
    }
    try {
      return new ManifestDocument(type, Json.mapper().writeValueAsBytes(root));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest is always JSON", e);
    }
  }

  /** One that came with an image, as it was. */
  public static ManifestDocument asItCame(byte[] bytes) {
    return new ManifestDocument(Manifest.mediaType(bytes), bytes);
  }

  public Digest digest() {
    return Digest.of(bytes);
  }

  private static String oci(String mediaType) {
    if (mediaType.endsWith(GZIP)) {
      return Manifest.OCI_LAYER + "+gzip";
    }
    return mediaType.endsWith("zstd") ? Manifest.OCI_LAYER + "+zstd" : Manifest.OCI_LAYER;
  }

  private static ObjectNode node(String mediaType, Digest digest, long size) {
    return Json.mapper()
        .createObjectNode()
        .put("mediaType", mediaType)
        .put("size", size)
        .put("digest", digest.toString());
  }
}
