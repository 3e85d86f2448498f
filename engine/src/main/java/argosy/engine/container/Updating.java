package argosy.engine.container;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.runtime.ContainerRuntime;
import argosy.engine.spec.ContainerSpec;
import argosy.engine.spec.ContainerSpec.RestartPolicy;
import argosy.engine.spec.Resources;
import argosy.engine.spec.Resources.BlockIo;
import argosy.engine.spec.Resources.Cpu;
import argosy.engine.spec.Resources.Memory;
import java.util.List;
import java.util.function.Consumer;

/** {@code docker update}: what the order sets replaces what was, the rest stays. */
final class Updating {
  private Updating() {}

  /**
   * The record after it; throws Refused for what contradicts what is.
   *
   * @param runs a policy given to it now means that it should go on
   */
  static ContainerRecord over(ContainerRecord record, ContainerRequest.Update order, boolean runs) {
    ContainerSpec spec = record.spec();
    refuse(conflict(spec.resources(), order.resources()), record.id());
    var restart = order.restart() == null ? spec.restart() : order.restart();
    boolean kept = restart.name() != RestartPolicy.Name.NO;
    refuse(
        kept && spec.autoRemove()
            ? "Restart policy cannot be updated because AutoRemove is enabled for the container"
            : "",
        record.id());
    return record
        .wanted(order.restart() == null ? record.desired() : kept && runs)
        .over(
            new ContainerSpec(
                spec.image(),
                spec.process(),
                spec.identity(),
                spec.isolation(),
                spec.security(),
                over(spec.resources(), order.resources()),
                spec.storage(),
                spec.network(),
                spec.log(),
                restart,
                spec.health(),
                spec.autoRemove(),
                spec.runtime(),
                spec.platform()));
  }

  /** Brings it about on a virtual thread: the kernel and the disk, or neither. */
  static void apply(
      boolean alive,
      ContainerRuntime runtime,
      ContainerRecord before,
      ContainerRecord next,
      Consumer<ContainerRecord> disk) {
    Resources from = before.spec().resources();
    Resources to = next.spec().resources();
    if (alive) {
      runtime.update(next.id(), from, to);
    }
    try {
      disk.accept(next);
    } catch (RuntimeException full) {
      if (alive) {
        runtime.update(next.id(), to, from);
      }
      throw full;
    }
  }

  /** Docker's text, or "". A number of CPUs and a quota in a period exclude each other. */
  static String conflict(Resources old, Resources set) {
    if (set.cpu().nano() > 0 && old.cpu().period() > 0) {
      return "Conflicting options: Nano CPUs cannot be updated as CPU Period has already been set";
    }
    if (set.cpu().nano() > 0 && old.cpu().quota() > 0) {
      return "Conflicting options: Nano CPUs cannot be updated as CPU Quota has already been set";
    }
    if (set.cpu().period() > 0 && old.cpu().nano() > 0) {
      return "Conflicting options: CPU Period cannot be updated as NanoCPUs has already been set";
    }
    if (set.cpu().quota() > 0 && old.cpu().nano() > 0) {
      return "Conflicting options: CPU Quota cannot be updated as NanoCPUs has already been set";
    }
    long swap = old.memory().swap();
    boolean larger = swap != -1 && set.memory().limit() > swap && set.memory().swap() == 0;
    boolean smaller =
        set.memory().limit() == 0
            && set.memory().swap() > 0
            && set.memory().swap() < old.memory().limit();
    if (smaller) {
      return "Minimum memoryswap limit should be larger than memory limit, see usage";
    }
    return larger
        ? "Memory limit should be smaller than already set memoryswap limit, update the memoryswap"
            + " at the same time"
        : "";
  }

  private static void refuse(String conflict, String id) {
    if (!conflict.isEmpty()) {
      throw new Refused(new Failure.Conflict("Cannot update container " + id + ": " + conflict));
    }
  }

  static Resources over(Resources old, Resources set) {
    return new Resources(
        over(old.memory(), set.memory()),
        over(old.cpu(), set.cpu()),
        over(old.blockIo(), set.blockIo()),
        set.pidsLimit() == null ? old.pidsLimit() : set.pidsLimit(),
        or(set.ulimits(), old.ulimits()),
        or(set.devices(), old.devices()),
        or(set.deviceCgroupRules(), old.deviceCgroupRules()),
        or(set.cgroupParent(), old.cgroupParent()),
        set.oomScoreAdj() == 0 ? old.oomScoreAdj() : set.oomScoreAdj(),
        set.oomKillDisable() == null ? old.oomKillDisable() : set.oomKillDisable());
  }

  private static Memory over(Memory old, Memory set) {
    return new Memory(
        or(set.limit(), old.limit()),
        or(set.reservation(), old.reservation()),
        or(set.swap(), old.swap()),
        set.swappiness() == null ? old.swappiness() : set.swappiness(),
        or(set.shmSize(), old.shmSize()));
  }

  private static Cpu over(Cpu old, Cpu set) {
    return new Cpu(
        or(set.shares(), old.shares()),
        or(set.nano(), old.nano()),
        or(set.period(), old.period()),
        or(set.quota(), old.quota()),
        or(set.realtimePeriod(), old.realtimePeriod()),
        or(set.realtimeRuntime(), old.realtimeRuntime()),
        or(set.cpusetCpus(), old.cpusetCpus()),
        or(set.cpusetMems(), old.cpusetMems()));
  }

  private static BlockIo over(BlockIo old, BlockIo set) {
    return new BlockIo(
        set.weight() == 0 ? old.weight() : set.weight(),
        or(set.weightDevice(), old.weightDevice()),
        or(set.readBps(), old.readBps()),
        or(set.writeBps(), old.writeBps()),
        or(set.readIops(), old.readIops()),
        or(set.writeIops(), old.writeIops()));
  }

  private static long or(long set, long old) {
    return set == 0 ? old : set;
  }

  private static String or(String set, String old) {
    return set.isEmpty() ? old : set;
  }

  private static <T> List<T> or(List<T> set, List<T> old) {
    return set.isEmpty() ? old : set;
  }
}
