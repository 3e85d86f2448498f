package argosy.engine.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeccompProfileTest {
  @Test
  void the_default_lets_through_what_the_capabilities_allow() {
    assertTrue(allows(CapabilitySet.DEFAULT, "read") && allows(CapabilitySet.DEFAULT, "chroot"));
    assertTrue(!allows(CapabilitySet.DEFAULT, "mount") && !allows(CapabilitySet.DEFAULT, "keyctl"));
    assertTrue(allows(List.of("CAP_SYS_ADMIN"), "mount"));
    assertTrue(!allows(List.of("CAP_SYS_ADMIN"), "reboot"));
  }

  @Test
  void rules_for_other_architectures_and_kernels_are_left_out() {
    assertTrue(allows(CapabilitySet.DEFAULT, "arch_prctl"));
    assertTrue(!allows(CapabilitySet.DEFAULT, "set_tls"));
    assertTrue(allows(CapabilitySet.DEFAULT, "ptrace"));
    JsonNode profile = profile("", CapabilitySet.DEFAULT);
    assertEquals(
        "[\"SCMP_ARCH_X86_64\",\"SCMP_ARCH_X86\",\"SCMP_ARCH_X32\"]",
        profile.path("architectures").toString());
    assertTrue(!profile.has("archMap"));
  }

  @Test
  void a_profile_of_the_users_own_takes_its_place() {
    JsonNode profile =
        profile(
            """
            {"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [
              {"name": "mkdir", "action": "SCMP_ACT_ERRNO", "errnoRet": 5},
              {"names": ["rmdir"], "action": "SCMP_ACT_ERRNO", "includes": {"minKernel": "99.0"}}
            ]}
            """,
            List.of());
    assertEquals(
        "{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"syscalls\":"
            + "[{\"names\":[\"mkdir\"],\"action\":\"SCMP_ACT_ERRNO\",\"errnoRet\":5}]}",
        profile.toString());
  }

  private static JsonNode profile(String asked, List<String> capabilities) {
    JsonNode profile = SeccompProfile.of(asked, capabilities, OciInputs.HOST);
    assertNotNull(profile);
    return profile;
  }

  private static boolean allows(List<String> capabilities, String call) {
    var names = new ArrayList<String>();
    for (JsonNode rule : profile("", capabilities).path("syscalls")) {
      if (rule.path("action").asText().equals("SCMP_ACT_ALLOW")) {
        rule.path("names").forEach(name -> names.add(name.asText()));
      }
    }
    return names.contains(call);
  }
}
