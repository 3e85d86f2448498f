package argosy.engine.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.failure.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntryPathTest {
  @Test
  void cleans_names_and_takes_absolute_ones_from_the_root() {
    assertEquals(List.of("a", "b"), EntryPath.of("./a//b/").parts());
    assertEquals(List.of("b"), EntryPath.of("a/../b").parts());
    assertEquals(List.of("etc", "passwd"), EntryPath.of("/etc/passwd").parts());
    assertTrue(EntryPath.of("./").isRoot());
  }

  @Test
  void refuses_what_climbs_out() {
    assertThrows(Refused.class, () -> EntryPath.of("../x"));
    assertThrows(Refused.class, () -> EntryPath.of("a/../../x"));
    assertThrows(Refused.class, () -> EntryPath.of("/.."));
    assertThrows(Refused.class, () -> EntryPath.of("a\0b"));
  }

  @Test
  void a_link_may_lead_anywhere_below_the_root() {
    var link = EntryPath.of("usr/bin/x");
    assertFalse(link.leadsOut("/etc/alternatives/x"));
    assertFalse(link.leadsOut("../../lib/x"));
    assertTrue(link.leadsOut("../../../x"));
  }
}
