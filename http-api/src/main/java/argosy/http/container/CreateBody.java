package argosy.http.container;

import argosy.http.answer.Body;
import argosy.http.answer.OrEmpty;
import argosy.http.json.Json;
import argosy.http.wire.Config;
import argosy.http.wire.CreateContainer;
import argosy.http.wire.EndpointSettings;
import argosy.http.wire.HostConfig;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The three parts of a create's body, absent ones filled with nothing asked for. */
record CreateBody(Config config, HostConfig host, Map<String, EndpointSettings> endpoints) {

  static CreateBody of(JsonNode tree) {
    var rest = Body.as(tree, CreateContainer.class);
    return new CreateBody(
        Body.as(tree, Config.class),
        rest.hostConfig() == null ? nothing(HostConfig.class) : rest.hostConfig(),
        rest.networkingConfig() == null
            ? Map.of()
            : endpoints(OrEmpty.map(rest.networkingConfig().endpointsConfig())));
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
