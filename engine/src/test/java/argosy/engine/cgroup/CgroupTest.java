package argosy.engine.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import argosy.engine.cgroup.Usage.BlockIo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupTest {
  @Test
  void a_process_tells_where_its_groups_are() {
    assertEquals(
        Map.of(
            "cpu", Path.of("/cg/cpu/argosy/a"),
            "cpuacct", Path.of("/cg/cpuacct/argosy/a"),
            "", Path.of("/cg/argosy/b")),
        Cgroup.directories(List.of("3:cpu,cpuacct:/argosy/a", "0::/argosy/b"), Path.of("/cg")));
  }

  @Test
  void version_2_is_read(@TempDir Path group) throws Exception {
    write(group, "cpu.stat", "usage_usec 5\nuser_usec 3\nsystem_usec 2\nnr_periods 7\n");
    write(group, "memory.current", "4096\n");
    write(group, "memory.max", "max\n");
    write(group, "memory.stat", "anon 1\nfile 2\n");
    write(group, "memory.events", "low 0\nmax 9\noom 0\n");
    write(group, "pids.current", "3\n");
    write(group, "pids.max", "100\n");
    write(group, "io.stat", "8:0 rbytes=1 wbytes=2 rios=3 wios=4 dbytes=0 dios=0\n");
    assertEquals(
        new Usage(
            2,
            5000,
            3000,
            2000,
            null,
            7,
            0,
            0,
            4096,
            null,
            9L,
            null,
            Map.of("anon", 1L, "file", 2L),
            3,
            100L,
            List.of(new BlockIo(8, 0, "read", 1, 3), new BlockIo(8, 0, "write", 2, 4))),
        new CgroupV2(group).usage());
  }

  @Test
  void version_1_is_read_as_far_as_there_are_controllers(@TempDir Path group) throws Exception {
    write(group, "cpuacct.usage", "123\n");
    write(group, "cpuacct.stat", "user 2\nsystem 1\n");
    write(group, "cpuacct.usage_percpu", "100 23 \n");
    write(group, "memory.usage_in_bytes", "4096\n");
    write(group, "memory.limit_in_bytes", "9223372036854771712\n");
    Usage usage = new CgroupV1(Map.of("cpuacct", group, "memory", group)).usage();
    assertEquals(123, usage.cpuTotal());
    assertEquals(20_000_000, usage.cpuUser());
    assertEquals(List.of(100L, 23L), usage.perCpu());
    assertEquals(4096, usage.memory());
    assertEquals(null, usage.memoryLimit());
    assertEquals(0, usage.pids());
  }

  @Test
  void block_io_of_version_1_has_bytes_and_counts() {
    assertEquals(
        List.of(new BlockIo(8, 0, "read", 4096, 2)),
        CgroupV1.blockIo(List.of("8:0 Read 4096", "Total 4096"), List.of("8:0 Read 2")));
  }

  @Test
  void the_hosts_cpu_time_counts_idle_time_too() {
    var usage =
        HostUsage.of(
            List.of("cpu  1 2 3 4 5 6 7 100 0 0", "cpu0 1 1", "cpu1 1 1", "intr 5"),
            List.of("MemTotal:       2048 kB"));
    assertEquals(new HostUsage(280_000_000, 2, 2048 * 1024), usage);
  }

  private static void write(Path group, String file, String text) throws Exception {
    Files.writeString(group.resolve(file), text);
  }
}
