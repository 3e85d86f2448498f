package argosy.engine.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordsTest {
  record Thing(String word) {}

  @TempDir Path root;

  private Records<Thing> records() {
    return new Records<>(root, "record.json", Thing.class);
  }

  @Test
  void what_is_put_is_got_until_it_is_removed() {
    records().put("a", new Thing("one"));
    records().put("a", new Thing("two"), false);
    assertEquals(Optional.of(new Thing("two")), records().get("a"));
    assertEquals(List.of(new Thing("two")), records().all());
    records().remove("a");
    records().remove("a");
    assertEquals(Optional.empty(), records().get("a"));
  }

  @Test
  void nothing_but_the_record_lies_there() throws IOException {
    records().put("a", new Thing("one"));
    try (var files = Files.list(root.resolve("a"))) {
      assertEquals(List.of(root.resolve("a/record.json")), files.toList());
    }
  }

  @Test
  void what_a_crash_left_half_written_goes_and_the_old_one_stays() throws IOException {
    records().put("a", new Thing("old"));
    Path half = root.resolve("a/record.json.1-2-3.new");
    Path other = root.resolve("a/state.json.1-2-3.new");
    Files.writeString(half, "{\"word\":");
    Files.writeString(other, "");
    assertEquals(List.of(new Thing("old")), records().all());
    assertFalse(Files.exists(half));
    assertFalse(Files.exists(other));
  }

  @Test
  void one_that_can_not_be_read_is_set_aside_and_the_others_are_there() throws IOException {
    records().put("a", new Thing("good"));
    Files.createDirectories(root.resolve("b"));
    Files.writeString(root.resolve("b/record.json"), "{\"word\": \"go");
    assertEquals(List.of(new Thing("good")), records().all());
    assertTrue(Files.exists(root.resolve("b/record.json.corrupt")));
    assertFalse(Files.exists(root.resolve("b/record.json")));
  }

  @Test
  void a_write_that_fails_leaves_nothing_half_made() throws IOException {
    Files.createDirectories(root.resolve("a/record.json/in the way"));
    assertThrows(UncheckedIOException.class, () -> records().put("a", new Thing("one")));
    try (var files = Files.list(root.resolve("a"))) {
      assertEquals(List.of(root.resolve("a/record.json")), files.toList());
    }
  }
}
