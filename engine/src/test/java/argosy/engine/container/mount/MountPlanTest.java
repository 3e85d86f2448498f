package argosy.engine.container.mount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.container.mount.PlannedMount.Bind;
import argosy.engine.container.mount.PlannedMount.OfVolume;
import argosy.engine.failure.Refused;
import argosy.engine.spec.Storage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MountPlanTest {
  private static Storage storage(List<String> binds, Set<String> anonymous) {
    return new Storage(binds, List.of(), Map.of(), List.of(), anonymous, "", Map.of());
  }

  private static PlannedMount one(String bind) {
    return MountPlan.of(storage(List.of(bind), Set.of()), Set.of()).getFirst();
  }

  @Test
  void binds_and_volumes() {
    var bind = assertInstanceOf(Bind.class, one("/host/./a:/in/:ro,z,rshared"));
    assertEquals("/host/a", bind.source());
    assertEquals("/in", bind.destination());
    assertTrue(bind.readOnly());
    assertEquals("rshared", bind.propagation());
    var volume = assertInstanceOf(OfVolume.class, one("data:/in:nocopy"));
    assertEquals("data", volume.wanted().name());
    assertEquals(false, volume.copyUp());
    assertEquals("", assertInstanceOf(OfVolume.class, one("/only")).wanted().name());
  }

  @Test
  void what_makes_no_sense() {
    refused("a:b:c:d", "invalid volume specification: 'a:b:c:d'");
    refused(
        "/a:b",
        "invalid volume specification: '/a:b': invalid mount path: 'b' mount path must be absolute");
    refused(
        "/a:/",
        "invalid volume specification: '/a:/': invalid specification: destination can't be '/'");
    refused("/a:/b:foo", "invalid mode: foo");
    var thrown =
        assertThrows(
            Refused.class,
            () -> MountPlan.of(storage(List.of("/a:/b", "/c:/b"), Set.of()), Set.of()));
    assertEquals("Duplicate mount point: /b", thrown.getMessage());
  }

  private static void refused(String bind, String text) {
    assertEquals(text, assertThrows(Refused.class, () -> one(bind)).getMessage());
  }

  @Test
  void anonymous_volumes_yield() {
    var plan =
        MountPlan.of(
            storage(List.of("/a:/data"), Set.of("/data", "/other", "/theirs")), Set.of("/theirs"));
    assertEquals(List.of("/data", "/other"), plan.stream().map(PlannedMount::destination).toList());
  }
}
