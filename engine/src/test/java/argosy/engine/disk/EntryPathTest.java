package argosy.engine.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.Mutations;
import argosy.engine.archive.Octets;
import argosy.engine.failure.Refused;
import java.nio.charset.StandardCharsets;
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
  void names_changed_by_chance_stay_below_the_root_or_are_refused() {
    byte[] name = "./a/../b//c/../../d".getBytes(StandardCharsets.UTF_8);
    var mutations = new Mutations(1, List.of(name, new byte[] {'/', (byte) 0xff, '.', '.'}));
    for (int i = 0; i < 3000; i++) {
      byte[] input = mutations.next();
      EntryPath.within(Octets.of(input))
          .ifPresent(path -> assertFalse(path.parts().contains(".."), path::toString));
    }
  }

  @Test
  void a_link_may_lead_anywhere_below_the_root() {
    var link = EntryPath.of("usr/bin/x");
    assertFalse(link.leadsOut("/etc/alternatives/x"));
    assertFalse(link.leadsOut("../../lib/x"));
    assertTrue(link.leadsOut("../../../x"));
  }
}
