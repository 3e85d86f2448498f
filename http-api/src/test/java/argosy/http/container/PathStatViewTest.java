package argosy.http.container;

import static org.junit.jupiter.api.Assertions.assertEquals;

import argosy.engine.container.files.PathStat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class PathStatViewTest {
  @Test
  void modes_are_in_gos_bits() {
    assertEquals(0644, PathStatView.goMode(0100644));
    assertEquals(2147484141L, PathStatView.goMode(040755));
    assertEquals(134218239, PathStatView.goMode(0120777));
    assertEquals(1L << 31 | 1L << 20 | 0777, PathStatView.goMode(041777));
    assertEquals(1L << 23 | 0755, PathStatView.goMode(0104755));
    assertEquals(1L << 26 | 1L << 21 | 0666, PathStatView.goMode(020666));
  }

  @Test
  void the_header_is_json_in_base64() {
    var stat = new PathStat("link", 4, 0120777, Instant.parse("2026-11-21T22:15:54Z"), "/etc/x");
    var header = PathStatView.header(stat);
    assertEquals("X-Docker-Container-Path-Stat", header.name());
    assertEquals(
        "{\"name\":\"link\",\"size\":4,\"mode\":134218239,\"mtime\":\"2026-11-21T22:15:54Z\","
            + "\"linkTarget\":\"/etc/x\"}",
        new String(Base64.getDecoder().decode(header.value()), StandardCharsets.UTF_8));
  }
}
