package argosy.http.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.http.endpoint.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TableTest {
  private static Endpoint line(String method, String path) {
    return Endpoint.protocol(method, path, _ -> new CompletableFuture<>());
  }

  private final Table table =
      new Table(
          List.of(
              line("GET", "/images/{name...}/json"),
              line("GET", "/images/json"),
              line("GET", "/images/{name...}/get"),
              line("GET", "/images/get"),
              line("DELETE", "/images/{name...}"),
              line("GET", "/containers/{id}/json"),
              line("GET", "/containers/json"),
              line("POST", "/containers/prune"),
              line("POST", "/containers/{id}/{action}")));

  private void finds(String method, String path, String line, Map<String, String> values) {
    var match = table.find(method, path).orElseThrow();
    assertEquals(line, match.endpoint().path());
    assertEquals(values, match.path());
  }

  @Test
  void the_most_literal_line_wins() {
    finds("GET", "/images/json", "/images/json", Map.of());
    finds("GET", "/images/json/json", "/images/{name...}/json", Map.of("name", "json"));
    finds("POST", "/containers/prune", "/containers/prune", Map.of());
    finds("POST", "/containers/a/b", "/containers/{id}/{action}", Map.of("id", "a", "action", "b"));
  }

  @Test
  void names_with_dots_take_slashes() {
    finds(
        "GET",
        "/images/localhost:5000/busy%20box:1/json",
        "/images/{name...}/json",
        Map.of("name", "localhost:5000/busy box:1"));
    finds("DELETE", "/images/a/b", "/images/{name...}", Map.of("name", "a/b"));
    finds("GET", "/containers/a%2Fb/json", "/containers/{id}/json", Map.of("id", "a/b"));
  }

  @Test
  void what_is_not_in_the_table_is_not_found() {
    assertTrue(table.find("POST", "/images/json").isEmpty());
    assertTrue(table.find("GET", "/containers/a/b/json").isEmpty());
    assertTrue(table.find("GET", "/containers//json").isEmpty());
    assertTrue(table.find("GET", "/").isEmpty());
    assertTrue(table.find("GET", "").isEmpty());
    assertTrue(table.find("GET", "/containers/json/").isEmpty());
  }
}
