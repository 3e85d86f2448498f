package argosy.http.container;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.spec.ContainerSpec;
import argosy.http.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.junit.jupiter.api.Assertions;

/** Request bodies of the docker CLI 28.2.2, recorded, and others made from them. */
final class Bodies {
  private Bodies() {}

  static JsonNode recorded(String name) {
    try (var body = Bodies.class.getResourceAsStream(name + ".json")) {
      return Json.mapper().readTree(Objects.requireNonNull(body, name));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static ContainerSpec spec(String name) {
    return SpecTranslation.spec(CreateBody.of(recorded(name)), "");
  }

  static ContainerSpec specOf(String json) {
    return SpecTranslation.spec(CreateBody.of(parse(json)), "");
  }

  /** The failure that a plain run with a changed HostConfig ends in. */
  static Failure refusedHost(String hostConfig) {
    var body = (ObjectNode) recorded("run-plain");
    ((ObjectNode) body.get("HostConfig")).setAll((ObjectNode) parse(hostConfig));
    return refused(body);
  }

  /** The failure that a plain run with a changed Config ends in. */
  static Failure refusedConfig(String config) {
    var body = (ObjectNode) recorded("run-plain");
    body.setAll((ObjectNode) parse(config));
    return refused(body);
  }

  private static Failure refused(JsonNode body) {
    return Assertions.assertThrows(
            Refused.class, () -> SpecTranslation.spec(CreateBody.of(body), ""))
        .failure();
  }

  static JsonNode parse(String json) {
    try {
      return Json.mapper().readTree(json);
    } catch (IOException wrong) {
      throw new UncheckedIOException(wrong);
    }
  }
}
