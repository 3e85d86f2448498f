package argosy.engine.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import argosy.engine.failure.Refused;
import argosy.engine.spec.Resources;
import argosy.engine.spec.Resources.BlockIo;
import argosy.engine.spec.Resources.Cpu;
import argosy.engine.spec.Resources.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitChangeTest {
  private static final Cpu NO_CPU = new Cpu(0, 0, 0, 0, 0, 0, "", "");

  private static Resources of(Memory memory, Cpu cpu, @Nullable Long pids, int weight) {
    var io = new BlockIo(weight, List.of(), List.of(), List.of(), List.of(), List.of());
    return new Resources(memory, cpu, io, pids, List.of(), List.of(), List.of(), "", 0, null);
  }

  private static Resources memory(long limit, long swap) {
    return of(new Memory(limit, 0, swap, null, 0), NO_CPU, null, 0);
  }

  private static List<String> written(int version, Resources from, Resources to) {
    return new LimitChange(from, to)
        .settings(version).stream().map(it -> it.file() + "=" + it.value()).toList();
  }

  @Test
  void what_does_not_change_is_not_written() {
    assertEquals(List.of(), written(1, memory(5, 10), memory(5, 10)));
    assertEquals(List.of(), written(2, memory(5, 10), memory(5, 10)));
  }

  @Test
  void memory_with_swap_is_never_less_than_memory_on_the_way() {
    assertEquals(
        List.of("memory.memsw.limit_in_bytes=40", "memory.limit_in_bytes=20"),
        written(1, memory(10, 20), memory(20, 40)));
    assertEquals(
        List.of("memory.limit_in_bytes=10", "memory.memsw.limit_in_bytes=20"),
        written(1, memory(20, 40), memory(10, 20)));
    assertEquals(
        List.of("memory.memsw.limit_in_bytes=-1"), written(1, memory(20, 40), memory(20, -1)));
  }

  @Test
  void a_unified_hierarchy_counts_swap_without_the_memory() {
    assertEquals(
        List.of("memory.max=20", "memory.swap.max=30", "memory.low=0"),
        written(2, memory(10, 20), memory(20, 50)));
    assertEquals(
        List.of("memory.max=20", "memory.swap.max=max", "memory.low=0"),
        written(2, memory(10, 20), memory(20, -1)));
  }

  @Test
  void processors_pids_and_weight() {
    var none = memory(0, 0);
    var some = of(none.memory(), new Cpu(512, 500_000_000, 0, 0, 0, 0, "0-1", "0"), 20L, 300);
    assertEquals(
        List.of(
            "cpu.shares=512",
            "cpu.cfs_quota_us=50000",
            "cpuset.cpus=0-1",
            "cpuset.mems=0",
            "pids.max=20",
            "blkio.weight=300",
            "blkio.bfq.weight=300"),
        written(1, none, some));
    assertEquals(
        List.of(
            "cpu.weight=20",
            "cpu.max=50000 100000",
            "cpuset.cpus=0-1",
            "cpuset.mems=0",
            "pids.max=20",
            "io.weight=default 300",
            "io.bfq.weight=300"),
        written(2, none, some));
    assertEquals(List.of("pids.max=max"), written(1, some, of(none.memory(), some.cpu(), 0L, 300)));
  }

  @Test
  void when_one_is_refused_none_is_kept(@TempDir Path group) throws IOException {
    Files.writeString(group.resolve("memory.max"), "10\n");
    Files.createDirectory(group.resolve("memory.swap.max"));
    var change = new LimitChange(memory(10, 20), memory(20, 50));
    assertThrows(Refused.class, () -> new CgroupV2(group).change(change));
    assertEquals("10", Files.readString(group.resolve("memory.max")));
  }

  @Test
  void a_file_that_must_be_there_is_missed(@TempDir Path group) throws IOException {
    Files.writeString(group.resolve("memory.max"), "10\n");
    var change = new LimitChange(memory(10, 20), memory(20, 50));
    var refused = assertThrows(Refused.class, () -> new CgroupV2(group).change(change));
    assertEquals("this host's control groups have no memory.low", refused.failure().message());
    assertEquals("10", Files.readString(group.resolve("memory.max")));
  }
}
