package argosy.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void columns_are_ten_wide_or_three_more_than_their_longest() {
    var table = new Table(List.of("A", "LONG HEADING", "B"));
    table.row(List.of("twelve chars", "x…", "last"));
    assertEquals(
        """
        A              LONG HEADING   B
        twelve chars   x…             last
        """,
        table.text());
  }

  @Test
  void a_listing_is_a_table_json_or_a_template() {
    Listing listing = new Listing().column("ID", "CONTAINER ID").column("Names", "NAMES");
    listing.add(Map.of("ID", "abc", "Names", "web"));
    assertEquals("CONTAINER ID   NAMES\nabc            web\n", listing.text(""));
    assertEquals("web=abc\n", listing.text("{{.Names}}={{.ID}}"));
    assertEquals(
        "NAMES     CONTAINER ID\nweb       abc\n", listing.text("table {{.Names}}\t{{.ID}}"));
    assertEquals("{\"ID\":\"abc\"}", "{\"ID\":" + listing.text("{{json .ID}}").strip() + "}");
    assertThrows(IllegalArgumentException.class, () -> listing.text("{{range .}}"));
  }
}
