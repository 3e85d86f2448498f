package argosy.engine.container.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AskedPathTest {
  @Test
  void a_plain_path_is_an_entry_of_its_directory() {
    var path = AskedPath.of("/etc/passwd");
    assertEquals("/etc", path.directory());
    assertEquals("passwd", path.name());
    assertFalse(path.isDirectory());
  }

  @Test
  void it_is_cleaned_as_text_and_never_climbs_above_the_root() {
    assertEquals("/etc/passwd", AskedPath.of("etc/./x/../passwd").clean());
    assertEquals("/a", AskedPath.of("/../../a").clean());
    assertEquals("/", AskedPath.of("/etc/..").clean());
    assertEquals("/", AskedPath.of("//").name());
  }

  @Test
  void a_slash_at_its_end_follows_a_link_and_keeps_the_name() {
    var path = AskedPath.of("/lib/");
    assertTrue(path.isDirectory());
    assertEquals("/lib", path.directory());
    assertEquals("lib", path.name());
    assertEquals("/lib/", path.shown());
  }

  @Test
  void a_dot_at_its_end_means_what_is_in_it() {
    assertEquals(".", AskedPath.of("/lib/.").name());
    assertEquals("/lib/.", AskedPath.of("/lib/.").shown());
    assertEquals(".", AskedPath.of(".").name());
    assertEquals("/.", AskedPath.of("/.").shown());
  }

  @Test
  void links_are_joined_to_where_they_lie() {
    assertEquals("/etc/b", AskedPath.of("/etc/a").joined("b"));
    assertEquals("/b", AskedPath.of("/etc/a").joined("../../../b"));
    assertEquals("/c", AskedPath.of("/etc/a").joined("/c"));
  }
}
