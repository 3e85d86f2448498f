package argosy.engine.image.manifest;

import argosy.engine.disk.Digest;
import argosy.engine.disk.Json;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a registry or an OCI layout answers for a name: one image, or several to choose from. */
public sealed interface Manifest {
  /** What we can read, for a registry's {@code Accept}. */
  List<String> MEDIA_TYPES =
      List.of(
          "application/vnd.oci.image.index.v1+json",
          "application/vnd.oci.image.manifest.v1+json",
          "application/vnd.docker.distribution.manifest.list.v2+json",
          "application/vnd.docker.distribution.manifest.v2+json");

  String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";
  String OCI_LAYER = "application/vnd.oci.image.layer.v1.tar";

  /** One image: Docker's schema 2 or an OCI manifest; layers lowest first. */
  record Single(Descriptor config, List<Descriptor> layers) implements Manifest {
    public Single {
      layers = List.copyOf(layers);
    }
  }

  /** Several: Docker's manifest list or an OCI index. */
  record Index(List<Offer> offers) implements Manifest {
    public Index {
      offers = List.copyOf(offers);
    }

    /** The one for a platform; Docker's text when there is none. */
    public Offer choose(Platform wanted) {
      var images = offers.stream().filter(offer -> !offer.platform().os().equals("unknown"));
      var candidates = images.toList();
      return wanted
          .choose(candidates.stream().map(Offer::platform).toList())
          .flatMap(chosen ->
              candidates.stream().filter(offer -> offer.platform().equals(chosen)).findFirst())
          .orElseThrow(() ->
              new Refused(
                  new Failure.NotFound(
                      "no matching manifest for " + wanted + " in the manifest list entries")));
    }
  }

  /** One line of an index; {@code reference}: the OCI layout's name for it, or empty. */
  record Offer(Descriptor manifest, Platform platform, String reference) {}

  /** Reads a manifest; what it is shows in its fields, because its media type may be left out. */
  static Manifest parse(byte[] json) {
    try {
      JsonNode root = Json.mapper().readTree(json);
      if (root.has("manifests")) {
        return index(root);
      }
      if (root.has("config") && root.has("layers")) {
        return single(root);
      }
      throw root.path("schemaVersion").asInt() == 1
          ? broken("manifest schema version 1 is no longer supported")
          : broken("unsupported manifest format");
    } catch (IOException e) {
      throw broken("the manifest can not be read: " + Json.fault(e));
    } catch (IllegalArgumentException e) {
      throw broken("the manifest can not be read: " + e.getMessage());
    }
  }

  /** What a manifest says it is, else what its fields say. */
  static String mediaType(byte[] json) {
    try {
      JsonNode root = Json.mapper().readTree(json);
      String said = root.path("mediaType").asText();
      if (!said.isEmpty()) {
        return said;
      }
      return root.has("manifests") ? MEDIA_TYPES.getFirst() : OCI_MANIFEST;
    } catch (IOException e) {
      throw broken("the manifest can not be read: " + Json.fault(e));
    }
  }

  private static Index index(JsonNode root) {
    var offers = new ArrayList<Offer>();
    for (JsonNode line : root.path("manifests")) {
      JsonNode platform = line.path("platform");
      offers.add(
          new Offer(
              descriptor(line),
              platform.isMissingNode()
                  ? Platform.host()
                  : Platform.of(
                      platform.path("os").asText(),
                      platform.path("architecture").asText(),
                      platform.path("variant").asText()),
              name(line.path("annotations"))));
    }
    return new Index(offers);
  }

  /** containerd writes the whole name, others the tag or what they like. */
  private static String name(JsonNode annotations) {
    String whole = annotations.path("io.containerd.image.name").asText();
    return whole.isEmpty() ? annotations.path("org.opencontainers.image.ref.name").asText() : whole;
  }

  private static Single single(JsonNode root) {
    var layers = new ArrayList<Descriptor>();
    root.path("layers").forEach(layer -> layers.add(descriptor(layer)));
    return new Single(descriptor(root.path("config")), layers);
  }

  private static Descriptor descriptor(JsonNode node) {
    return new Descriptor(
        node.path("mediaType").asText(),
        Digest.parse(node.path("digest").asText()),
        node.path("size").asLong());
  }

  private static Refused broken(String sentence) {
    return new Refused(new Failure.Invalid(sentence));
  }
}
