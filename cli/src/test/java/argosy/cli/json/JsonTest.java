package argosy.cli.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTest {
  private static final String TEXT =
      "{\"a\":{\"b\":[1,\"x\",null,true,1.50]},\"big\":18446744073709551615,\"e\":{},\"l\":[]}";

  @Test
  void what_is_read_is_written_the_same() throws IOException {
    assertEquals(TEXT, Json.parse(TEXT).compact());
  }

  @Test
  void paths_into_what_is_not_there_are_null() throws IOException {
    Json json = Json.parse(TEXT);
    assertEquals(5, json.get("a", "b").list().size());
    assertFalse(json.get("a", "nope", "deeper").present());
    assertEquals("", json.get("nope").text());
    assertEquals(0, json.get("nope").number());
    assertEquals(List.of(), json.get("nope").list());
    assertTrue(json.get("nope").fields().isEmpty());
  }

  @Test
  void values_read_as_what_they_are() throws IOException {
    List<Json> values = Json.parse(TEXT).get("a", "b").list();
    assertEquals(1, values.get(0).number());
    assertEquals("x", values.get(1).text());
    assertFalse(values.get(2).present());
    assertTrue(values.get(3).flag());
    assertEquals(1.5, values.get(4).real());
  }

  @Test
  void indented_as_docker_does() throws IOException {
    String indented =
        """
        [
            {
                "a": 1,
                "e": {},
                "l": []
            }
        ]\
        """;
    assertEquals(indented, Json.parse("[{\"a\":1,\"e\":{},\"l\":[]}]").indented());
  }

  @Test
  void nothing_is_null_and_broken_text_an_error() throws IOException {
    assertEquals(Json.NULL, Json.parse(""));
    assertThrows(IOException.class, () -> Json.parse("{\"a\":"));
    assertThrows(IOException.class, () -> Json.parse("page not found"));
  }
}
