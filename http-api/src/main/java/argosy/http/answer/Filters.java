package argosy.http.answer;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.http.endpoint.Call;
import argosy.http.json.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The {@code filters} parameter: {@code {"k":["v"]}}, or {@code {"k":{"v":true}}} as Go sends. */
public final class Filters {
  private Filters() {}

  /** Reads a call's filters; a name that is not accepted is refused. */
  public static Map<String, List<String>> of(Call call, Set<String> accepted) {
    var filters = parse(call.parameter("filters").orElse(""));
    for (String name : filters.keySet()) {
      if (!accepted.contains(name)) {
        throw new Refused(new Failure.Invalid("invalid filter '" + name + "'"));
      }
    }
    return filters;
  }

  /** Reads either notation; "" is no filter. */
  public static Map<String, List<String>> parse(String json) {
    var filters = new LinkedHashMap<String, List<String>>();
    if (json.isBlank()) {
      return filters;
    }
    var tree = tree(json);
    if (!tree.isObject()) {
      throw invalid(json);
    }
    tree.properties().forEach(each -> filters.put(each.getKey(), values(each.getValue(), json)));
    return filters;
  }

  private static JsonNode tree(String json) {
    try {
      return Json.mapper().readTree(json);
    } catch (JsonProcessingException wrong) {
      throw invalid(json);
    }
  }

  private static List<String> values(JsonNode node, String json) {
    var values = new ArrayList<String>();
    if (node.isArray()) {
      node.forEach(value -> values.add(value.asText()));
    } else if (node.isObject()) {
      node.properties()
          .forEach(each -> {
            if (each.getValue().asBoolean()) {
              values.add(each.getKey());
            }
          });
    } else {
      throw invalid(json);
    }
    return List.copyOf(values);
  }

  private static Refused invalid(String json) {
    return new Refused(new Failure.Invalid("invalid filter: " + json));
  }
}
