package argosy.engine.container.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import argosy.engine.cgroup.CgroupFeatures;
import argosy.engine.failure.Refused;
import argosy.engine.spec.Resources;
import argosy.engine.spec.Resources.BlockIo;
import argosy.engine.spec.Resources.Cpu;
import argosy.engine.spec.Resources.DeviceRate;
import argosy.engine.spec.Resources.Memory;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final long MB = 1 << 20;
  private static final Site ALL = Sites.with(CgroupFeatures.all(1, "0-3", "0"));
  private static final Site NOTHING =
      Sites.with(
          new CgroupFeatures(
              1,
              new CgroupFeatures.Memory(false, false, false, false, false),
              new CgroupFeatures.Cpu(false, false, false, false),
              new CgroupFeatures.BlockIo(false, false, false, false, false, false),
              false,
              "",
              ""));

  private static Resources resources(Memory memory, Cpu cpu, BlockIo io) {
    return new Resources(memory, cpu, io, 7L, List.of(), List.of(), List.of(), "", 0, true);
  }

  private static Resources cpu(Cpu cpu) {
    return resources(new Memory(MB, 0, 0, null, 0), cpu, BlockIo.NONE);
  }

  private static Resources set(String cpus, String mems) {
    return cpu(new Cpu(0, 0, 0, 0, 0, 0, cpus, mems));
  }

  private static String refused(Resources asked, Site site) {
    return assertThrows(Refused.class, () -> Limits.of(asked, site)).failure().message();
  }

  @Test
  void what_the_kernel_keeps_stays_and_swap_is_as_much_again() {
    var asked =
        resources(
            new Memory(64 * MB, 32 * MB, 0, 10L, 0),
            new Cpu(512, 1_500_000_000L, 0, 0, 0, 0, "0-1", "0"),
            BlockIo.NONE);
    var kept = Limits.ofNew(asked, ALL);
    assertEquals(List.of(), kept.warnings());
    assertEquals(new Memory(64 * MB, 32 * MB, 128 * MB, 10L, 0), kept.resources().memory());
    assertEquals(asked.cpu(), kept.resources().cpu());
  }

  @Test
  void what_the_kernel_does_not_know_is_left_out_with_dockers_warning() {
    var rates = List.of(new DeviceRate("/dev/vda", 10));
    var asked =
        resources(
            new Memory(64 * MB, 32 * MB, 0, 10L, 0),
            new Cpu(512, 0, 1000, 1000, 0, 0, "0", "0"),
            new BlockIo(5, rates, rates, rates, rates, rates));
    var kept = Limits.of(asked, NOTHING);
    assertEquals(
        resources(new Memory(0, 0, 0, null, 0), new Cpu(0, 0, 0, 0, 0, 0, "", ""), BlockIo.NONE)
            .blockIo(),
        kept.resources().blockIo());
    assertEquals(0, kept.resources().memory().limit());
    assertEquals(null, kept.resources().pidsLimit());
    assertEquals(null, kept.resources().oomKillDisable());
    assertEquals(new Cpu(0, 0, 0, 0, 0, 0, "", ""), kept.resources().cpu());
    assertEquals(
        "Your kernel does not support memory limit capabilities or the cgroup is not mounted."
            + " Limitation discarded.",
        kept.warnings().getFirst());
    assertEquals(
        "Your kernel does not support IOPS Block write limit or the cgroup is not mounted. Block"
            + " I/O IOPS write limit discarded.",
        kept.warnings().getLast());
    assertEquals(14, kept.warnings().size());
  }

  @Test
  void what_no_machine_like_this_keeps_is_refused() {
    assertEquals(
        "range of CPUs is from 0.01 to 4.00, as there are only 4 CPUs available",
        refused(cpu(new Cpu(0, 64_000_000_000L, 0, 0, 0, 0, "", "")), ALL));
    assertEquals(
        "Requested CPUs are not available - requested 0-99, available: 0-3",
        refused(set("0-99", ""), ALL));
    assertEquals("Invalid value abc for cpuset cpus", refused(set("abc", ""), ALL));
    assertEquals(
        "Requested memory nodes are not available - requested 7, available: 0",
        refused(set("", "7"), ALL));
    assertEquals(
        "NanoCPUs can not be set, as your kernel does not support CPU CFS scheduler or the cgroup"
            + " is not mounted",
        refused(cpu(new Cpu(0, 1, 0, 0, 0, 0, "", "")), NOTHING));
    assertEquals(
        "kernel does not support CPU real-time scheduler",
        refused(cpu(new Cpu(0, 0, 0, 0, 1, 1, "", "")), NOTHING));
    assertEquals(
        "Range of blkio weight is from 10 to 1000",
        refused(
            resources(
                new Memory(0, 0, 0, null, 0),
                Resources.NONE.cpu(),
                new BlockIo(5, List.of(), List.of(), List.of(), List.of(), List.of())),
            ALL));
  }

  @Test
  void an_oom_killer_is_not_switched_off_unnoticed() {
    var asked = resources(new Memory(0, 0, 0, null, 0), Resources.NONE.cpu(), BlockIo.NONE);
    assertEquals(
        List.of(
            "OOM killer is disabled for the container, but no memory limit is set, this can result"
                + " in the system running out of resources."),
        Limits.of(asked, ALL).warnings());
  }
}
