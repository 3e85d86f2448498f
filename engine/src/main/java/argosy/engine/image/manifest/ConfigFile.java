package argosy.engine.image.manifest;

import argosy.engine.disk.Digest;
import argosy.engine.disk.Json;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.image.Image;
import argosy.engine.image.ImageConfig;
import argosy.engine.spec.HealthSpec;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An image's configuration blob (OCI image spec, config.md, and Docker's additions). */
public final class ConfigFile {
  private final Digest id;
  private final JsonNode root;

  private ConfigFile(Digest id, JsonNode root) {
    this.id = id;
    this.root = root;
  }

  /** Reads a configuration; refused when it is none. */
  public static ConfigFile parse(byte[] json) {
    try {
      JsonNode root = Json.mapper().readTree(json);
      if (!root.path("rootfs").isObject()) {
        throw new Refused(new Failure.Invalid("invalid image JSON, no RootFS key"));
      }
      return new ConfigFile(Digest.of(json), root);
    } catch (IOException e) {
      throw new Refused(
          new Failure.Invalid("the image's configuration can not be read: " + Json.fault(e)), e);
    }
  }

  /** The digest of each layer's plain tar, lowest first; Docker leaves an empty list out. */
  public List<Digest> diffIds() {
    return texts(root.path("rootfs").path("diff_ids")).stream().map(Digest::parse).toList();
  }

  public Platform platform() {
    return Platform.of(text(root, "os"), text(root, "architecture"), text(root, "variant"));
  }

  /**
   * The image it describes, nameless; {@code sizes}: bytes of each unpacked layer, lowest first.
   */
  public Image image(List<Long> sizes) {
    var history = history(sizes);
    String comment = text(root, "comment");
    if (comment.isEmpty() && !history.isEmpty()) {
      comment = history.getLast().comment();
    }
    return new Image(
        id.toString(),
        List.of(),
        List.of(),
        Digest.chain(diffIds()).stream().map(Digest::toString).toList(),
        diffIds().stream().map(Digest::toString).toList(),
        config(root.path("config")),
        instant(root.path("created")),
        text(root, "author"),
        text(root, "architecture"),
        root.path("os").asText("linux"),
        textOrNull(root.path("variant")),
        comment,
        textOrNull(root.path("parent")),
        sizes.stream().mapToLong(Long::longValue).sum(),
        history);
  }

  /** Whether this is the other with one more step in its history. */
  public boolean follows(ConfigFile parent) {
    JsonNode steps = root.path("history");
    JsonNode above = parent.root.path("history");
    if (steps.isEmpty() && above.isEmpty()) {
      return true;
    }
    if (steps.size() != above.size() + 1) {
      return false;
    }
    for (int i = 0; i < above.size(); i++) {
      if (!steps.get(i).equals(above.get(i))) {
        return false;
      }
    }
    return true;
  }

  private List<Image.History> history(List<Long> sizes) {
    var lines = new ArrayList<Image.History>();
    int layer = 0;
    for (JsonNode line : root.path("history")) {
      boolean empty = line.path("empty_layer").asBoolean();
      long size = empty || layer >= sizes.size() ? 0 : sizes.get(layer++);
      lines.add(
          new Image.History(
              instant(line.path("created")),
              text(line, "created_by"),
              text(line, "comment"),
              empty,
              size));
    }
    return lines;
  }

  /** Reads a configuration's {@code config} object. */
  static ImageConfig config(JsonNode config) {
    return new ImageConfig(
        text(config, "User"),
        keys(config.path("ExposedPorts")),
        texts(config.path("Env")),
        textsOrNull(config.path("Entrypoint")),
        textsOrNull(config.path("Cmd")),
        keys(config.path("Volumes")),
        text(config, "WorkingDir"),
        labels(config.path("Labels")),
        textOrNull(config.path("StopSignal")),
        texts(config.path("Shell")),
        texts(config.path("OnBuild")),
        health(config.path("Healthcheck")));
  }

  private static @Nullable HealthSpec health(JsonNode check) {
    return check.isObject()
        ? new HealthSpec(
            texts(check.path("Test")),
            Duration.ofNanos(check.path("Interval").asLong()),
            Duration.ofNanos(check.path("Timeout").asLong()),
            check.path("Retries").asInt(),
            Duration.ofNanos(check.path("StartPeriod").asLong()),
            Duration.ofNanos(check.path("StartInterval").asLong()))
        : null;
  }

  private static Map<String, String> labels(JsonNode node) {
    var labels = new HashMap<String, String>();
    node.properties().forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    return labels;
  }

  private static Set<String> keys(JsonNode node) {
    var keys = new HashSet<String>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private static List<String> texts(JsonNode node) {
    var texts = new ArrayList<String>();
    node.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static @Nullable List<String> textsOrNull(JsonNode node) {
    return node.isArray() ? texts(node) : null;
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isNull() ? "" : value.asText();
  }

  private static @Nullable String textOrNull(JsonNode node) {
    return node.isTextual() && !node.asText().isEmpty() ? node.asText() : null;
  }

  private static @Nullable Instant instant(JsonNode node) {
    try {
      return node.isTextual() ? OffsetDateTime.parse(node.asText()).toInstant() : null;
    } catch (DateTimeException e) {
      throw new Refused(
          new Failure.Invalid("the image's configuration holds no time: " + node.asText()), e);
    }
  }
}
