package argosy.http.container;

import argosy.engine.cgroup.Usage;
import argosy.engine.container.Stats;
import argosy.http.answer.TimeText;
import argosy.http.wire.StatsSample;
import argosy.http.wire.StatsSample.BlockIo;
import argosy.http.wire.StatsSample.BlockIoEntry;
import argosy.http.wire.StatsSample.Cpu;
import argosy.http.wire.StatsSample.CpuUsage;
import argosy.http.wire.StatsSample.Link;
import argosy.http.wire.StatsSample.Memory;
import argosy.http.wire.StatsSample.Pids;
import argosy.http.wire.StatsSample.Throttling;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A sample in the fields that the CLI's arithmetic wants, for either version of cgroups. */
final class StatsView {
  private static final Cpu NO_CPU =
      new Cpu(new CpuUsage(0, null, 0, 0), null, null, new Throttling(0, 0, 0));

  private StatsView() {}

  static StatsSample of(Stats stats) {
    var usage = stats.usage();
    var before = stats.before();
    return new StatsSample(
        "/" + stats.name(),
        stats.id(),
        TimeText.nanos(stats.read()),
        before == null ? TimeText.NEVER : TimeText.nanos(before.read()),
        usage == null ? new Pids(null, null) : new Pids(usage.pids(), usage.pidsLimit()),
        blockIo(usage),
        0,
        Map.of(),
        cpu(stats),
        before == null ? NO_CPU : cpu(before),
        memory(stats, usage),
        networks(stats));
  }

  private static Cpu cpu(Stats stats) {
    var usage = stats.usage();
    return usage == null
        ? NO_CPU
        : new Cpu(
            new CpuUsage(usage.cpuTotal(), usage.perCpu(), usage.cpuKernel(), usage.cpuUser()),
            stats.systemCpu(),
            stats.onlineCpus(),
            new Throttling(
                usage.throttlePeriods(), usage.throttledPeriods(), usage.throttledTime()));
  }

  private static Memory memory(Stats stats, @Nullable Usage usage) {
    if (usage == null) {
      return new Memory(null, null, null, null, null);
    }
    boolean old = usage.version() == 1;
    return new Memory(
        usage.memory(),
        old ? usage.memoryMax() : null,
        usage.memoryStat(),
        old ? usage.memoryFailures() : null,
        stats.memoryLimit());
  }

  private static Map<String, Link> networks(Stats stats) {
    var all = new TreeMap<String, Link>();
    stats
        .networks()
        .forEach((name, link) ->
            all.put(
                name,
                new Link(
                    link.rxBytes(),
                    link.rxPackets(),
                    link.rxErrors(),
                    link.rxDropped(),
                    link.txBytes(),
                    link.txPackets(),
                    link.txErrors(),
                    link.txDropped())));
    return all;
  }

  /** v2 tells bytes only, v1 operations too. */
  private static BlockIo blockIo(@Nullable Usage usage) {
    if (usage == null) {
      return new BlockIo(null, null, null, null, null, null, null, null);
    }
    boolean old = usage.version() == 1;
    List<BlockIoEntry> none = old ? List.of() : null;
    return new BlockIo(
        entries(usage, Usage.BlockIo::bytes),
        old ? entries(usage, Usage.BlockIo::operations) : null,
        none,
        none,
        none,
        none,
        none,
        none);
  }

  private static List<BlockIoEntry> entries(Usage usage, ToLongFunction<Usage.BlockIo> value) {
    return usage.blockIo().stream()
        .map(each ->
            new BlockIoEntry(each.major(), each.minor(), each.operation(), value.applyAsLong(each)))
        .toList();
  }
}
