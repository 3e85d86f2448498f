package argosy.http.container;

import argosy.engine.cgroup.CgroupFeatures;
import argosy.engine.container.admission.Admission;
import argosy.engine.container.admission.Site;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.oci.CapabilitySet;
import argosy.engine.oci.HostFacts;
import argosy.engine.spec.ContainerSpec;
import argosy.http.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Every field of a create's body with what becomes of it. A sample of each is sent through the
 * reader and through a host's admission: it works when the spec is another one with it, it is
 * refused when that is said, and what changes nothing says why.
 */
final class OptionTable {
  /** A host with everything. */
  private static final Site HOST =
      new Site(
          new HostFacts(
              1,
              "x86_64",
              new HostFacts.Kernel(6, 1),
              false,
              "/usr/bin/tini",
              new HashSet<>(CapabilitySet.KNOWN),
              List.of()),
          "host",
          CgroupFeatures.all(1, "0-3", "0"),
          4,
          List.of("crun", "runc"),
          "runc");

  /** Where a section's fields stand in a body, and what stands there besides. */
  private static final Map<String, String> BODIES =
      Map.of(
          "Config",
          "{@}",
          "Config.Healthcheck",
          "{\"Healthcheck\": {\"Test\": [\"CMD\", \"true\"], @}}",
          "HostConfig",
          "{\"HostConfig\": {@}}",
          "HostConfig.Mounts",
          "{\"HostConfig\": {\"Mounts\": [{\"Type\": \"bind\", \"Source\": \"/a\","
              + " \"Target\": \"/b\", @}]}}",
          "HostConfig.Mounts.BindOptions",
          "{\"HostConfig\": {\"Mounts\": [{\"Type\": \"bind\", \"Source\": \"/a\","
              + " \"Target\": \"/b\", \"ReadOnly\": true, \"BindOptions\": {\"Propagation\":"
              + " \"rprivate\", @}}]}}",
          "HostConfig.Mounts.VolumeOptions",
          "{\"HostConfig\": {\"Mounts\": [{\"Type\": \"volume\", \"Source\": \"a\","
              + " \"Target\": \"/b\", \"VolumeOptions\": {@}}]}}",
          "HostConfig.Mounts.ImageOptions",
          "{\"HostConfig\": {\"Mounts\": [{\"Type\": \"image\", \"Source\": \"a\","
              + " \"Target\": \"/b\", \"ImageOptions\": {@}}]}}",
          "HostConfig.Mounts.TmpfsOptions",
          "{\"HostConfig\": {\"Mounts\": [{\"Type\": \"tmpfs\", \"Target\": \"/b\","
              + " \"TmpfsOptions\": {@}}]}}",
          "NetworkingConfig.EndpointsConfig",
          "{\"NetworkingConfig\": {\"EndpointsConfig\": {\"net\": {@}}}}",
          "NetworkingConfig.EndpointsConfig.IPAMConfig",
          "{\"NetworkingConfig\": {\"EndpointsConfig\": {\"net\": {\"IPAMConfig\": {@}}}}}");

  /**
   * One field with a value to try it with.
   *
   * @param reason why it is without effect, "" when it is not; after an exclamation mark it is kept
   *     and shown all the same
   */
  record Sample(String section, String field, String value, String reason) {
    boolean kept() {
      return reason.startsWith("!");
    }

    String name() {
      return section.equals("Config") ? field : section + "." + field;
    }
  }

  /** What became of it. */
  sealed interface Standing {
    record Works() implements Standing {}

    record Refuses(String sentence) implements Standing {}

    record Idle() implements Standing {}
  }

  private OptionTable() {}

  static List<Sample> samples() {
    var samples = new ArrayList<Sample>();
    String section = "";
    for (String line : text().lines().filter(it -> !it.startsWith("#")).toList()) {
      if (line.startsWith("== ")) {
        section = line.substring(3);
      } else {
        int space = line.indexOf(' ');
        String[] rest = line.substring(space + 1).split(" ~ ", 2);
        samples.add(
            new Sample(section, line.substring(0, space), rest[0], rest.length > 1 ? rest[1] : ""));
      }
    }
    return samples;
  }

  private static String text() {
    try (var file = OptionTable.class.getResourceAsStream("options.txt")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static Standing standing(Sample sample) {
    try {
      var with = read(sample, "\"" + sample.field() + "\": " + sample.value());
      return with.equals(read(sample, "\"Unknown\": 1"))
          ? new Standing.Idle()
          : new Standing.Works();
    } catch (Refused refused) {
      Failure failure = refused.failure();
      return new Standing.Refuses(failure.message());
    }
  }

  private static ContainerSpec read(Sample sample, String field) {
    String body = Objects.requireNonNull(BODIES.get(sample.section()), sample.section());
    var tree = (ObjectNode) Bodies.parse(body.replace("@", field));
    if (!tree.has("Image")) {
      tree.put("Image", "x");
    }
    var spec = SpecTranslation.spec(CreateBody.of(tree), "");
    return Admission.of(spec, HOST).spec();
  }

  /** The README's table. */
  static String markdown() {
    var text =
        new StringBuilder("| field | works | refused, and what it says | without effect |\n");
    text.append("|---|---|---|---|\n");
    samples().stream()
        .collect(Collectors.groupingBy(Sample::section, LinkedHashMap::new, Collectors.toList()))
        .forEach((section, samples) -> text.append(row(section, samples)));
    return text.toString();
  }

  private static String row(String section, List<Sample> samples) {
    var works = new ArrayList<String>();
    var refused = new LinkedHashMap<String, List<String>>();
    var idle = new ArrayList<String>();
    for (Sample sample : samples) {
      switch (sample.kept() ? new Standing.Idle() : standing(sample)) {
        case Standing.Works() -> works.add("`" + sample.field() + "`");
        case Standing.Refuses(var sentence) ->
            refused.computeIfAbsent(sentence, _ -> new ArrayList<>()).add(shown(sample));
        case Standing.Idle() ->
            idle.add(shown(sample) + ": " + sample.reason().replaceFirst("^!", ""));
      }
    }
    String sentences =
        refused.entrySet().stream()
            .map(each -> String.join(", ", each.getValue()) + ": " + each.getKey())
            .collect(Collectors.joining("<br>"));
    return "| "
        + section
        + " | "
        + String.join(" ", works.stream().distinct().toList())
        + " | "
        + sentences
        + " | "
        + String.join("<br>", idle)
        + " |\n";
  }

  /** With the value where it is short: another value may fare better. */
  private static String shown(Sample sample) {
    JsonNode value = Bodies.parse(sample.value());
    boolean brief = value.isTextual();
    return "`" + sample.field() + (brief ? " " + value.asText() : "") + "`";
  }

  /** The names that a wire record has in JSON. */
  static List<String> fields(Class<?> type) {
    var mapper = Json.mapper();
    return mapper
        .getDeserializationConfig()
        .introspect(mapper.constructType(type))
        .findProperties()
        .stream()
        .map(property -> property.getName())
        .toList();
  }
}
