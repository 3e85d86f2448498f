package argosy.engine.container;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.spec.ContainerSpec;
import argosy.engine.spec.ContainerSpec.RestartPolicy;
import argosy.engine.spec.Resources;
import argosy.engine.spec.Resources.BlockIo;
import argosy.engine.spec.Resources.Cpu;
import argosy.engine.spec.Resources.Memory;
import java.util.List;

/** {@code docker update}: what the order sets replaces what was, the rest stays. */
final class Updating {
  private Updating() {}

  /** {@code runs}: a policy given to it now means that it should go on. */
  static ContainerRecord over(ContainerRecord record, ContainerRequest.Update order, boolean runs) {
    ContainerSpec spec = record.spec();
    var restart = order.restart() == null ? spec.restart() : order.restart();
    boolean kept = restart.name() != RestartPolicy.Name.NO;
    if (kept && spec.autoRemove()) {
      throw new Refused(
          new Failure.Conflict(
              "Restart policy cannot be updated because AutoRemove is enabled for the container"));
    }
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
    boolean quota = set.period() != 0 || set.quota() != 0;
    return new Cpu(
        or(set.shares(), old.shares()),
        quota ? 0 : or(set.nano(), old.nano()),
        set.nano() != 0 ? 0 : or(set.period(), old.period()),
        set.nano() != 0 ? 0 : or(set.quota(), old.quota()),
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
