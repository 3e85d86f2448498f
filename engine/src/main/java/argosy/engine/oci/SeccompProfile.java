package argosy.engine.oci;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.oci.HostFacts.Kernel;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A seccomp profile in Docker's format, made definite: rules for other architectures, older kernels
 * and capabilities the container lacks are left out, and OCI's form of it remains.
 */
public final class SeccompProfile {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private SeccompProfile() {}

  /**
   * The profile that {@code --security-opt seccomp=} names.
   *
   * @param asked "" for the built-in one, "unconfined", or a profile's JSON
   * @return null for none
   * @throws Refused when it is no profile
   */
  static @Nullable JsonNode of(String asked, List<String> capabilities, HostFacts host) {
    if (asked.equals("unconfined")) {
      return null;
    }
    return definite(asked.isEmpty() ? BuiltIn.PROFILE : parse(asked), capabilities, host);
  }

  private static JsonNode parse(String json) {
    try {
      JsonNode profile = OciConfig.mapper().readTree(json);
      if (profile.isObject() && profile.hasNonNull("defaultAction")) {
        return profile;
      }
      throw new Refused(new Failure.Invalid("seccomp profile: defaultAction is missing"));
    } catch (JsonProcessingException broken) {
      throw new Refused(
          new Failure.Invalid("Decoding seccomp profile failed: " + broken.getOriginalMessage()),
          broken);
    }
  }

  private static JsonNode definite(JsonNode profile, List<String> capabilities, HostFacts host) {
    ObjectNode result = NODES.objectNode();
    result.set("defaultAction", profile.get("defaultAction"));
    copy(profile, result, "defaultErrnoRet", "flags", "listenerPath", "listenerMetadata");
    ArrayNode architectures = architectures(profile, host.machine());
    if (!architectures.isEmpty()) {
      result.set("architectures", architectures);
    }
    ArrayNode calls = result.putArray("syscalls");
    for (JsonNode rule : profile.path("syscalls")) {
      if (applies(rule, capabilities, host)) {
        calls.add(call(rule));
      }
    }
    return result;
  }

  private static ArrayNode architectures(JsonNode profile, String machine) {
    ArrayNode result = NODES.arrayNode();
    if (profile.path("architectures").isArray() && !profile.path("architectures").isEmpty()) {
      result.addAll((ArrayNode) profile.path("architectures"));
      return result;
    }
    String native_ = "SCMP_ARCH_" + machine.toUpperCase(Locale.ROOT);
    for (JsonNode family : profile.path("archMap")) {
      if (family.path("architecture").asText().equals(native_)) {
        result.add(native_);
        family.path("subArchitectures").forEach(result::add);
      }
    }
    return result;
  }

  private static boolean applies(JsonNode rule, List<String> capabilities, HostFacts host) {
    JsonNode in = rule.path("includes");
    JsonNode out = rule.path("excludes");
    String arch = goArch(host.machine());
    for (JsonNode needed : in.path("caps")) {
      if (!capabilities.contains(needed.asText())) {
        return false;
      }
    }
    for (JsonNode unwanted : out.path("caps")) {
      if (capabilities.contains(unwanted.asText())) {
        return false;
      }
    }
    return (in.path("arches").isEmpty() || contains(in.path("arches"), arch))
        && !contains(out.path("arches"), arch)
        && (!in.hasNonNull("minKernel")
            || host.kernel().atLeast(kernel(in.path("minKernel").asText())))
        && (!out.hasNonNull("minKernel")
            || !host.kernel().atLeast(kernel(out.path("minKernel").asText())));
  }

  private static ObjectNode call(JsonNode rule) {
    ObjectNode result = NODES.objectNode();
    ArrayNode names = result.putArray("names");
    if (rule.hasNonNull("name")) {
      names.add(rule.get("name"));
    }
    rule.path("names").forEach(names::add);
    copy(rule, result, "action", "errnoRet");
    if (!rule.path("args").isEmpty()) {
      result.set("args", rule.get("args"));
    }
    return result;
  }

  private static void copy(JsonNode from, ObjectNode to, String... names) {
    for (String name : names) {
      if (from.hasNonNull(name)) {
        to.set(name, from.get(name));
      }
    }
  }

  private static boolean contains(JsonNode list, String text) {
    for (JsonNode entry : list) {
      if (entry.asText().equals(text)) {
        return true;
      }
    }
    return false;
  }

  private static String goArch(String machine) {
    return switch (machine) {
      case "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      default -> machine;
    };
  }

  private static Kernel kernel(String version) {
    String[] parts = version.split("\\.", 3);
    return new Kernel(
        Integer.parseInt(parts[0]), parts.length < 2 ? 0 : Integer.parseInt(parts[1]));
  }

  /** Read once, when the first container needs it. */
  private static final class BuiltIn {
    static final JsonNode PROFILE = read();

    private static JsonNode read() {
      try (InputStream file =
          Objects.requireNonNull(
              SeccompProfile.class.getResourceAsStream("seccomp-default.json"))) {
        return OciConfig.mapper().readTree(file);
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }
  }
}
