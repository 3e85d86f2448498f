package argosy.engine.build;

import argosy.engine.disk.Json;
import argosy.engine.image.store.StoredImage;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The image a step starts from.
 *
 * @param id {@code sha256:…}, empty for nothing at all
 * @param document its configuration blob
 * @param layers lowest first
 */
record Base(String id, ObjectNode document, List<StoredImage.Layer> layers) {
  private static final int SHORT = 12;
  private static final String PATH =
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  Base {
    layers = List.copyOf(layers);
  }

  /** {@code FROM scratch}. */
  static Base scratch(String os, String architecture) {
    ObjectNode document = Json.mapper().createObjectNode();
    document.put("architecture", architecture).put("os", os);
    document.putObject("config");
    document.putArray("history");
    document.putObject("rootfs").put("type", "layers").putArray("diff_ids");
    return new Base("", document, List.of());
  }

  /** The configuration for the next image: a copy, with the search path Docker gives. */
  ObjectNode config() {
    ObjectNode config =
        document.get("config") instanceof ObjectNode there
            ? there.deepCopy()
            : Json.mapper().createObjectNode();
    if (config.path("Env").isEmpty()) {
      config.putArray("Env").add(PATH);
    }
    return config;
  }

  /** As {@code docker images} shows it. */
  String shortId() {
    String hex = id.startsWith("sha256:") ? id.substring("sha256:".length()) : id;
    return hex.length() > SHORT ? hex.substring(0, SHORT) : hex;
  }
}
