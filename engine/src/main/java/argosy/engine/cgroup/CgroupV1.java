package argosy.engine.cgroup;

import argosy.engine.cgroup.Usage.BlockIo;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A directory for each controller (Documentation/admin-guide/cgroup-v1).
 *
 * @param directories by the controller's name; one that is off is missing
 */
record CgroupV1(Map<String, Path> directories) implements Cgroup {
  /** The kernel counts these in ticks of USER_HZ, which is 100 on every architecture we run on. */
  private static final long TICK_NANOS = 10_000_000;

  /** Without a limit the kernel shows the largest number of whole pages. */
  private static final long UNLIMITED = 1L << 62;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  CgroupV1 {
    directories = Map.copyOf(directories);
  }

  @Override
  public Usage usage() {
    Map<String, Long> ticks = CgroupFile.table(file("cpuacct", "cpuacct.stat"));
    Map<String, Long> throttling = CgroupFile.table(file("cpu", "cpu.stat"));
    return new Usage(
        1,
        CgroupFile.numberOrZero(file("cpuacct", "cpuacct.usage")),
        ticks.getOrDefault("user", 0L) * TICK_NANOS,
        ticks.getOrDefault("system", 0L) * TICK_NANOS,
        perCpu(),
        throttling.getOrDefault("nr_periods", 0L),
        throttling.getOrDefault("nr_throttled", 0L),
        throttling.getOrDefault("throttled_time", 0L),
        CgroupFile.numberOrZero(file("memory", "memory.usage_in_bytes")),
        CgroupFile.number(file("memory", "memory.max_usage_in_bytes")),
        CgroupFile.number(file("memory", "memory.failcnt")),
        limit(CgroupFile.number(file("memory", "memory.limit_in_bytes"))),
        CgroupFile.table(file("memory", "memory.stat")),
        CgroupFile.numberOrZero(file("pids", "pids.current")),
        CgroupFile.number(file("pids", "pids.max")),
        blockIo());
  }

  @Override
  public void freeze() {
    Path state = freezer();
    new FreezerV1(this::isFrozen, wish -> CgroupFile.write(state, wish)).freeze(PATIENCE);
  }

  @Override
  public void thaw() {
    Path state = file("freezer", "freezer.state");
    if (state != null && Files.exists(state)) {
      CgroupFile.write(state, "THAWED");
    }
  }

  @Override
  public boolean isFrozen() {
    Path state = file("freezer", "freezer.state");
    try {
      return state != null && Files.exists(state) && CgroupFile.text(state).equals("FROZEN");
    } catch (UncheckedIOException gone) {
      return false;
    }
  }

  @Override
  public void change(LimitChange change) {
    CgroupWriting.all(change.settings(1), directories::get);
  }

  private Path freezer() {
    Path state = file("freezer", "freezer.state");
    if (state == null || !Files.exists(state)) {
      throw new IllegalStateException("this host has no cgroup freezer");
    }
    return state;
  }

  private @Nullable Path file(String controller, String name) {
    Path directory = directories.get(controller);
    return directory == null ? null : directory.resolve(name);
  }

  private static @Nullable Long limit(@Nullable Long bytes) {
    return bytes == null || bytes >= UNLIMITED ? null : bytes;
  }

  private @Nullable List<Long> perCpu() {
    Path file = file("cpuacct", "cpuacct.usage_percpu");
    return file == null || !Files.exists(file)
        ? null
        : Arrays.stream(CgroupFile.text(file).split("\\s+")).map(Long::valueOf).toList();
  }

  /** Which of the two kinds of files counts depends on the disk's scheduler. */
  private List<BlockIo> blockIo() {
    List<BlockIo> scheduled =
        blockIo(
            CgroupFile.lines(file("blkio", "blkio.bfq.io_service_bytes_recursive")),
            CgroupFile.lines(file("blkio", "blkio.bfq.io_serviced_recursive")));
    return scheduled.isEmpty()
        ? blockIo(
            CgroupFile.lines(file("blkio", "blkio.throttle.io_service_bytes_recursive")),
            CgroupFile.lines(file("blkio", "blkio.throttle.io_serviced_recursive")))
        : scheduled;
  }

  /** Lines {@code 8:0 Read 4096}, the same ones with bytes and with counts. */
  static List<BlockIo> blockIo(List<String> bytes, List<String> counts) {
    Map<String, Long> serviced = new LinkedHashMap<>();
    counts.forEach(line -> put(serviced, line));
    Map<String, Long> moved = new LinkedHashMap<>();
    bytes.forEach(line -> put(moved, line));
    var all = new ArrayList<BlockIo>();
    moved.forEach((key, value) -> {
      String[] parts = key.split("[: ]");
      all.add(
          new BlockIo(
              Long.parseLong(parts[0]),
              Long.parseLong(parts[1]),
              parts[2].toLowerCase(Locale.ROOT),
              value,
              serviced.getOrDefault(key, 0L)));
    });
    return List.copyOf(all);
  }

  private static void put(Map<String, Long> table, String line) {
    String[] words = line.split(" ");
    if (words.length == 3) {
      table.put(words[0] + " " + words[1], Long.valueOf(words[2]));
    }
  }
}
