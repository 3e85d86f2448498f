package argosy.engine.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.failure.Refused;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CapabilitySetTest {
  private static final Set<String> ALL = new HashSet<>(CapabilitySet.KNOWN);

  @Test
  void the_default_is_dockers_fourteen() {
    List<String> usual = CapabilitySet.of(false, List.of(), List.of(), ALL);
    assertEquals(14, usual.size());
    assertEquals(CapabilitySet.DEFAULT, usual);
  }

  @Test
  void names_come_with_and_without_their_prefix_in_any_case() {
    List<String> set =
        CapabilitySet.of(false, List.of("net_admin"), List.of("CAP_MKNOD", "Chown"), ALL);
    assertTrue(set.contains("CAP_NET_ADMIN"));
    assertTrue(!set.contains("CAP_MKNOD") && !set.contains("CAP_CHOWN"));
  }

  @Test
  void all_can_be_dropped_and_added() {
    assertEquals(
        List.of("CAP_KILL"), CapabilitySet.of(false, List.of("KILL"), List.of("ALL"), ALL));
    List<String> most = CapabilitySet.of(false, List.of("ALL"), List.of("SYS_ADMIN"), ALL);
    assertEquals(CapabilitySet.KNOWN.size() - 1, most.size());
  }

  @Test
  void privileged_is_all_that_the_daemon_can_pass_on() {
    assertEquals(
        List.of("CAP_CHOWN", "CAP_BPF"),
        CapabilitySet.of(true, List.of(), List.of(), Set.of("CAP_BPF", "CAP_CHOWN")));
  }

  @Test
  void an_unknown_name_is_refused() {
    var refused =
        assertThrows(Refused.class, () -> CapabilitySet.of(false, List.of("SAIL"), List.of(), ALL));
    assertEquals("invalid CapAdd: unknown capability: \"CAP_SAIL\"", refused.failure().message());
  }
}
