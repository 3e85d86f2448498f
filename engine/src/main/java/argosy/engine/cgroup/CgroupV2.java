package argosy.engine.cgroup;

import argosy.engine.cgroup.Usage.BlockIo;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One directory with every controller (Documentation/admin-guide/cgroup-v2.rst). */
record CgroupV2(Path directory) implements Cgroup {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Override
  public Usage usage() {
    Map<String, Long> cpu = CgroupFile.table(directory.resolve("cpu.stat"));
    Map<String, Long> events = CgroupFile.table(directory.resolve("memory.events"));
    return new Usage(
        2,
        nanos(cpu, "usage_usec"),
        nanos(cpu, "user_usec"),
        nanos(cpu, "system_usec"),
        null,
        cpu.getOrDefault("nr_periods", 0L),
        cpu.getOrDefault("nr_throttled", 0L),
        nanos(cpu, "throttled_usec"),
        CgroupFile.numberOrZero(directory.resolve("memory.current")),
        CgroupFile.number(directory.resolve("memory.peak")),
        events.get("max"),
        CgroupFile.number(directory.resolve("memory.max")),
        CgroupFile.table(directory.resolve("memory.stat")),
        CgroupFile.numberOrZero(directory.resolve("pids.current")),
        CgroupFile.number(directory.resolve("pids.max")),
        blockIo(CgroupFile.lines(directory.resolve("io.stat"))));
  }

  @Override
  public void freeze() {
    CgroupFile.write(directory.resolve("cgroup.freeze"), "1");
    Freezing.await(this::isFrozen, () -> {}, PATIENCE, this::thaw);
  }

  @Override
  public void thaw() {
    if (Files.exists(directory.resolve("cgroup.freeze"))) {
      CgroupFile.write(directory.resolve("cgroup.freeze"), "0");
    }
  }

  @Override
  public boolean isFrozen() {
    try {
      return CgroupFile.table(directory.resolve("cgroup.events")).getOrDefault("frozen", 0L) == 1;
    } catch (UncheckedIOException gone) {
      return false;
    }
  }

  @Override
  public void change(LimitChange change) {
    CgroupWriting.all(change.settings(2), _ -> directory);
  }

  private static long nanos(Map<String, Long> table, String key) {
    return table.getOrDefault(key, 0L) * 1000;
  }

  /** {@code 8:0 rbytes=1 wbytes=2 rios=3 wios=4 dbytes=5 dios=6}. */
  static List<BlockIo> blockIo(List<String> lines) {
    var all = new ArrayList<BlockIo>();
    for (String line : lines) {
      String[] words = line.split(" ");
      String[] device = words[0].split(":");
      if (device.length == 2) {
        Map<String, Long> values = values(words);
        long major = Long.parseLong(device[0]);
        long minor = Long.parseLong(device[1]);
        all.add(operation(major, minor, "read", values, "r"));
        all.add(operation(major, minor, "write", values, "w"));
      }
    }
    return List.copyOf(all);
  }

  private static Map<String, Long> values(String[] words) {
    Map<String, Long> values = new HashMap<>();
    for (int i = 1; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      if (equals > 0) {
        values.put(words[i].substring(0, equals), Long.valueOf(words[i].substring(equals + 1)));
      }
    }
    return values;
  }

  private static BlockIo operation(
      long major, long minor, String name, Map<String, Long> values, String letter) {
    return new BlockIo(
        major,
        minor,
        name,
        values.getOrDefault(letter + "bytes", 0L),
        values.getOrDefault(letter + "ios", 0L));
  }
}
