package argosy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import argosy.http.json.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Compares what is written with the JSON that a client must see. */
public final class Golden {
  private Golden() {}

  /** The whole of it. */
  public static void same(String expected, Object value) {
    assertEquals(pretty(read(expected)), pretty(read(Json.line(value))));
  }

  /** The fields that stand in {@code expected}; others may be there. */
  public static void contains(String expected, Object value) {
    var wanted = (ObjectNode) read(expected);
    var actual = (ObjectNode) read(Json.line(value));
    assertEquals(pretty(wanted), pretty(actual.retain(names(wanted))));
  }

  /** Whether the field is written at all. */
  public static boolean has(Object value, String field) {
    return read(Json.line(value)).has(field);
  }

  private static List<String> names(ObjectNode node) {
    var names = new ArrayList<String>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode read(String json) {
    try {
      return Json.mapper().readTree(json);
    } catch (JsonProcessingException wrong) {
      throw new AssertionError(json, wrong);
    }
  }

  /** Field order is no matter to a client. */
  private static String pretty(JsonNode node) {
    try {
      return Json.mapper()
          .writerWithDefaultPrettyPrinter()
          .writeValueAsString(Json.mapper().treeToValue(node, Object.class));
    } catch (JsonProcessingException wrong) {
      throw new AssertionError(wrong);
    }
  }
}
