package argosy.engine.container.admission;

import argosy.engine.cgroup.CgroupFeatures;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.spec.Resources;
import argosy.engine.spec.Resources.BlockIo;
import argosy.engine.spec.Resources.Cpu;
import argosy.engine.spec.Resources.DeviceRate;
import argosy.engine.spec.Resources.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Limits that this kernel keeps. One that it does not know is left out with a warning, one that no
 * machine like this can keep is refused; rules and texts are those of Docker's {@code
 * verifyPlatformContainerResources}.
 */
public final class Limits {
  private static final String UNMOUNTED = " or the cgroup is not mounted. ";
  private static final String NO_LIMIT = " capabilities" + UNMOUNTED + "Limitation discarded.";

  private final Site site;
  private final CgroupFeatures cgroups;
  private final List<String> warnings = new ArrayList<>();

  private Limits(Site site) {
    this.site = site;
    this.cgroups = site.cgroups();
  }

  /** What is left of the limits that were asked for, and what there is to say about the rest. */
  public record Kept(Resources resources, List<String> warnings) {
    public Kept {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * What an update asks for; nothing is added to it.
   *
   * @throws Refused for what makes no sense here
   */
  public static Kept of(Resources asked, Site site) {
    var limits = new Limits(site);
    var kept = limits.kept(asked);
    return new Kept(kept, limits.warnings);
  }

  /** What a create asks for: a limit without a word on swap allows as much swap again. */
  static Kept ofNew(Resources asked, Site site) {
    var kept = of(asked, site);
    var memory = kept.resources().memory();
    return memory.limit() > 0 && memory.swap() == 0
        ? new Kept(kept.resources().with(memory.swapping(memory.limit() * 2)), kept.warnings())
        : kept;
  }

  private Resources kept(Resources asked) {
    Memory memory = memory(asked.memory());
    Boolean oom = oom(asked.oomKillDisable(), memory.limit());
    Long pids = pids(asked.pidsLimit());
    return new Resources(
        memory,
        cpu(asked.cpu()),
        blockIo(asked.blockIo()),
        pids,
        asked.ulimits(),
        asked.devices(),
        asked.deviceCgroupRules(),
        asked.cgroupParent(),
        asked.oomScoreAdj(),
        oom);
  }

  private Memory memory(Memory asked) {
    var can = cgroups.memory();
    long limit = asked.limit();
    long swap = asked.swap();
    if (lacks(limit > 0, can.limit(), "memory limit" + NO_LIMIT)) {
      limit = 0;
      swap = swap == 0 ? 0 : -1;
    }
    if (lacks(
        limit > 0 && swap != -1,
        can.swap(),
        "swap limit capabilities" + UNMOUNTED + "Memory limited without swap.")) {
      swap = -1;
    }
    Long swappiness = asked.swappiness();
    if (lacks(
        swappiness != null,
        can.swappiness(),
        "memory swappiness capabilities" + UNMOUNTED + "Memory swappiness discarded.")) {
      swappiness = null;
    }
    boolean noReservation =
        lacks(asked.reservation() > 0, can.reservation(), "memory soft limit" + NO_LIMIT);
    return new Memory(
        limit, noReservation ? 0 : asked.reservation(), swap, swappiness, asked.shmSize());
  }

  private @Nullable Boolean oom(@Nullable Boolean disable, long limit) {
    if (!Boolean.TRUE.equals(disable)) {
      return disable;
    }
    if (!cgroups.memory().oomControl()) {
      warnings.add("Your kernel does not support OomKillDisable. OomKillDisable discarded.");
      return null;
    }
    if (limit == 0) {
      warnings.add(
          "OOM killer is disabled for the container, but no memory limit is set, this can result in"
              + " the system running out of resources.");
    }
    return true;
  }

  private @Nullable Long pids(@Nullable Long asked) {
    boolean none =
        lacks(
            asked != null && asked > 0,
            cgroups.pids(),
            "PIDs limit capabilities" + UNMOUNTED + "PIDs limit discarded.");
    return none ? null : asked;
  }

  private Cpu cpu(Cpu asked) {
    var can = cgroups.cpu();
    refuse(
        asked.nano() > 0 && !can.cfs(),
        "NanoCPUs can not be set, as your kernel does not support CPU CFS scheduler or the cgroup"
            + " is not mounted");
    refuse(
        asked.nano() < 0 || asked.nano() > site.cpus() * 1_000_000_000L,
        String.format(
            Locale.ROOT,
            "range of CPUs is from 0.01 to %1$d.00, as there are only %1$d CPUs available",
            site.cpus()));
    refuse(
        (asked.realtimePeriod() != 0 || asked.realtimeRuntime() != 0) && !can.realtime(),
        "kernel does not support CPU real-time scheduler");
    boolean noShares =
        lacks(asked.shares() > 0, can.shares(), "CPU shares" + UNMOUNTED + "Shares discarded.");
    boolean noQuota =
        lacks(
            asked.period() != 0 || asked.quota() != 0,
            can.cfs(),
            "CPU CFS scheduler. CPU period/quota discarded.");
    boolean noSet =
        lacks(
            !asked.cpusetCpus().isEmpty() || !asked.cpusetMems().isEmpty(),
            can.cpuset(),
            "cpuset" + UNMOUNTED + "Cpuset discarded.");
    var kept =
        new Cpu(
            noShares ? 0 : asked.shares(),
            asked.nano(),
            noQuota ? 0 : asked.period(),
            noQuota ? 0 : asked.quota(),
            asked.realtimePeriod(),
            asked.realtimeRuntime(),
            noSet ? "" : asked.cpusetCpus(),
            noSet ? "" : asked.cpusetMems());
    set("cpuset cpus", "CPUs", kept.cpusetCpus(), cgroups.cpus());
    set("cpuset mems", "memory nodes", kept.cpusetMems(), cgroups.mems());
    return kept;
  }

  private static void set(String field, String what, String asked, String available) {
    var wanted =
        NumberSet.parse(asked)
            .orElseThrow(() -> invalid("Invalid value " + asked + " for " + field));
    refuse(
        !available.isEmpty() && !NumberSet.parse(available).orElse(wanted).containsAll(wanted),
        "Requested "
            + what
            + " are not available - requested "
            + asked
            + ", available: "
            + available);
  }

  private BlockIo blockIo(BlockIo asked) {
    var can = cgroups.blockIo();
    boolean noWeight =
        lacks(
            asked.weight() > 0, can.weight(), "Block I/O weight" + UNMOUNTED + "Weight discarded.");
    refuse(
        !noWeight && asked.weight() != 0 && (asked.weight() < 10 || asked.weight() > 1000),
        "Range of blkio weight is from 10 to 1000");
    return new BlockIo(
        noWeight ? 0 : asked.weight(),
        rates(
            asked.weightDevice(),
            can.weightDevice(),
            "Block I/O weight_device" + UNMOUNTED + "Weight-device discarded."),
        rates(
            asked.readBps(),
            can.readBps(),
            "BPS Block I/O read limit" + UNMOUNTED + "Block I/O BPS read limit discarded."),
        rates(
            asked.writeBps(),
            can.writeBps(),
            "BPS Block I/O write limit" + UNMOUNTED + "Block I/O BPS write limit discarded."),
        rates(
            asked.readIops(),
            can.readIops(),
            "IOPS Block read limit" + UNMOUNTED + "Block I/O IOPS read limit discarded."),
        rates(
            asked.writeIops(),
            can.writeIops(),
            "IOPS Block write limit" + UNMOUNTED + "Block I/O IOPS write limit discarded."));
  }

  private List<DeviceRate> rates(List<DeviceRate> asked, boolean kept, String missing) {
    return lacks(!asked.isEmpty(), kept, missing) ? List.of() : asked;
  }

  /** Warns, and says that the wish is to be left out. */
  private boolean lacks(boolean asked, boolean kept, String what) {
    if (asked && !kept) {
      warnings.add("Your kernel does not support " + what);
    }
    return asked && !kept;
  }

  private static void refuse(boolean wrong, String message) {
    if (wrong) {
      throw invalid(message);
    }
  }

  private static Refused invalid(String message) {
    return new Refused(new Failure.Invalid(message));
  }
}
