package argosy.engine.container;

import static org.junit.jupiter.api.Assertions.assertEquals;

import argosy.engine.spec.Resources;
import argosy.engine.spec.Resources.BlockIo;
import argosy.engine.spec.Resources.Cpu;
import argosy.engine.spec.Resources.Memory;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpdatingTest {
  private static Resources of(long limit, long swap, long nano, long period, long quota) {
    return new Resources(
        new Memory(limit, 0, swap, null, 0),
        new Cpu(0, nano, period, quota, 0, 0, "", ""),
        BlockIo.NONE,
        null,
        List.of(),
        List.of(),
        List.of(),
        "",
        0,
        null);
  }

  @Test
  void what_is_set_replaces_and_the_rest_stays() {
    var next = Updating.over(of(10, 20, 0, 1000, 0), of(15, 0, 0, 0, 500));
    assertEquals(of(15, 20, 0, 1000, 500), next);
  }

  @Test
  void swap_must_be_raised_with_memory() {
    String text =
        "Memory limit should be smaller than already set memoryswap limit, update the memoryswap at"
            + " the same time";
    assertEquals(text, Updating.conflict(of(10, 20, 0, 0, 0), of(30, 0, 0, 0, 0)));
    assertEquals(text, Updating.conflict(of(0, 0, 0, 0, 0), of(30, 0, 0, 0, 0)));
    assertEquals("", Updating.conflict(of(10, 20, 0, 0, 0), of(30, 60, 0, 0, 0)));
    assertEquals("", Updating.conflict(of(10, -1, 0, 0, 0), of(30, 0, 0, 0, 0)));
    assertEquals(
        "Minimum memoryswap limit should be larger than memory limit, see usage",
        Updating.conflict(of(10, 20, 0, 0, 0), of(0, 5, 0, 0, 0)));
  }

  @Test
  void a_number_of_cpus_and_a_quota_exclude_each_other() {
    assertEquals(
        "Conflicting options: CPU Quota cannot be updated as NanoCPUs has already been set",
        Updating.conflict(of(0, 0, 5, 0, 0), of(0, 0, 0, 0, 5)));
    assertEquals(
        "Conflicting options: Nano CPUs cannot be updated as CPU Period has already been set",
        Updating.conflict(of(0, 0, 0, 5, 0), of(0, 0, 5, 0, 0)));
  }
}
