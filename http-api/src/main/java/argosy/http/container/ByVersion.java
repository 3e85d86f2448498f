package argosy.http.container;

import argosy.http.answer.Refusal;
import argosy.http.version.ApiVersion;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.TreeSet;

/**
 * A create's body as a version of the API meant it: what came later is taken out, or refused where
 * leaving it out would be dangerous (the changes are those of Docker's api/docs/CHANGELOG.md).
 */
final class ByVersion {
  private ByVersion() {}

  /** The same body; {@code tree} is changed in place. */
  static JsonNode meant(JsonNode tree, ApiVersion version) {
    var host = tree.path("HostConfig");
    if (host instanceof ObjectNode config) {
      host(config, version);
      for (JsonNode mount : config.path("Mounts")) {
        if (mount instanceof ObjectNode object) {
          mount(object, version);
        }
      }
    }
    if (!version.atLeast(44)) {
      remove(tree.path("Healthcheck"), "StartInterval");
      var names = new TreeSet<String>();
      tree.at("/NetworkingConfig/EndpointsConfig").fieldNames().forEachRemaining(names::add);
      Refusal.when(
          names.size() > 1,
          "Container cannot be created with multiple network endpoints: "
              + String.join(", ", names));
    }
    if (!version.atLeast(48)) {
      tree.at("/NetworkingConfig/EndpointsConfig").forEach(it -> remove(it, "GwPriority"));
    }
    return tree;
  }

  private static void host(ObjectNode config, ApiVersion version) {
    if (!version.atLeast(40) && config.path("IpcMode").asText("").isEmpty()) {
      config.put("IpcMode", "shareable");
    }
    if (!version.atLeast(40)) {
      config.remove("PidsLimit");
    }
    if (!version.atLeast(42)) {
      config.remove("ConsoleSize");
    }
    if (!version.atLeast(43)) {
      config.remove("Annotations");
    }
  }

  private static void mount(ObjectNode mount, ApiVersion version) {
    String type = mount.path("Type").asText("");
    var bind = mount.path("BindOptions");
    if (!version.atLeast(40)) {
      remove(bind, "NonRecursive");
    }
    options(mount, type, version);
    if (!version.atLeast(42)) {
      remove(bind, "CreateMountpoint");
    }
    boolean readOnly = mount.path("ReadOnly").asBoolean();
    if (!version.atLeast(44) && type.equals("bind")) {
      Refusal.when(
          bind.path("ReadOnlyForceRecursive").asBoolean(),
          "BindOptions.ReadOnlyForceRecursive needs API v1.44 or newer");
      if (readOnly) {
        mount.withObjectProperty("BindOptions").put("ReadOnlyNonRecursive", true);
      }
    }
    Refusal.when(
        !version.atLeast(45) && !mount.at("/VolumeOptions/Subpath").asText("").isEmpty(),
        "VolumeOptions.Subpath needs API v1.45 or newer");
    Refusal.when(
        !version.atLeast(48) && type.equals("image"),
        "Mount type \"Image\" needs API v1.48 or newer");
  }

  /** Options of another type of mount were once let pass. */
  private static void options(ObjectNode mount, String type, ApiVersion version) {
    record Options(String field, String type) {}
    for (var each :
        List.of(
            new Options("BindOptions", "bind"),
            new Options("VolumeOptions", "volume"),
            new Options("TmpfsOptions", "tmpfs"))) {
      if (mount.hasNonNull(each.field()) && !type.equals(each.type())) {
        Refusal.when(
            version.atLeast(42),
            each.field() + " must not be specified on mount type \"" + type + "\"");
        mount.remove(each.field());
      }
    }
  }

  private static void remove(JsonNode node, String field) {
    if (node instanceof ObjectNode object) {
      object.remove(field);
    }
  }

  /** What a client should know about a field that is going out of use. */
  static List<String> warnings(CreateBody body, ApiVersion version) {
    String mac = body.config().macAddress();
    boolean deprecated = version.atLeast(44) && mac != null && !mac.isEmpty();
    return deprecated
        ? List.of(
            "The container-wide MacAddress field is now deprecated. It should be specified in"
                + " EndpointsConfig instead.")
        : List.of();
  }
}
