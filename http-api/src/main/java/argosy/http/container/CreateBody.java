package argosy.http.container;

import argosy.http.answer.Body;
import argosy.http.answer.OrEmpty;
import argosy.http.answer.Refusal;
import argosy.http.json.Json;
import argosy.http.wire.Config;
import argosy.http.wire.CreateContainer;
import argosy.http.wire.EndpointSettings;
import argosy.http.wire.HostConfig;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The three parts of a create's body, absent ones filled with nothing asked for. */
record CreateBody(Config config, HostConfig host, Map<String, EndpointSettings> endpoints) {

  private static final Set<String> CONFIG =
      Arrays.stream(Config.class.getRecordComponents())
          .map(field -> field.getName().toLowerCase(Locale.ROOT))
          .collect(Collectors.toSet());

  /** Refused when not one field of the container's own configuration is there. */
  static CreateBody of(JsonNode tree) {
    Refusal.when(
        tree.isNull() || tree.isObject() && !configures(tree),
        "config cannot be empty in order to create a container");
    var rest = Body.as(tree, CreateContainer.class);
    return new CreateBody(
        Body.as(tree, Config.class),
        rest.hostConfig() == null ? nothing(HostConfig.class) : rest.hostConfig(),
        rest.networkingConfig() == null
            ? Map.of()
            : endpoints(OrEmpty.map(rest.networkingConfig().endpointsConfig())));
  }

  private static boolean configures(JsonNode tree) {
    return tree.propertyStream()
        .anyMatch(field -> CONFIG.contains(field.getKey().toLowerCase(Locale.ROOT)));
  }

  private static Map<String, EndpointSettings> endpoints(
      Map<String, ? extends @Nullable EndpointSettings> given) {
    var all = new LinkedHashMap<String, EndpointSettings>();
    given.forEach((name, settings) ->
        all.put(name, settings == null ? nothing(EndpointSettings.class) : settings));
    return all;
  }

  private static <T> T nothing(Class<T> type) {
    return Body.as(Json.mapper().createObjectNode(), type);
  }
}
