package argosy.http.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import argosy.engine.cgroup.Usage;
import argosy.engine.container.Stats;
import argosy.http.Golden;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatsViewTest {
  private static final Instant NOW = Instant.parse("2026-11-21T18:00:01Z");

  @Test
  void version_1_tells_each_cpu_and_the_most_memory() {
    var sample = StatsView.of(stats(1, 4_000, 100_000, stats(1, 2_000, 80_000, null)));
    Golden.same(
        """
        {"cpu_usage": {"total_usage": 4000, "percpu_usage": [1, 2], "usage_in_kernelmode": 30,
           "usage_in_usermode": 20}, "system_cpu_usage": 100000, "online_cpus": 2,
         "throttling_data": {"periods": 1, "throttled_periods": 2, "throttled_time": 3}}
        """,
        sample.cpuStats());
    Golden.contains("{\"system_cpu_usage\": 80000}", sample.precpuStats());
    Golden.same(
        """
        {"usage": 1000, "max_usage": 2000, "stats": {"total_inactive_file": 10}, "failcnt": 0,
         "limit": 5000}
        """,
        sample.memoryStats());
    Golden.contains(
        """
        {"io_service_bytes_recursive": [{"major": 8, "minor": 0, "op": "read", "value": 7}],
         "io_serviced_recursive": [{"major": 8, "minor": 0, "op": "read", "value": 2}],
         "io_queue_recursive": []}
        """,
        sample.blkioStats());
  }

  @Test
  void version_2_leaves_out_what_it_does_not_know() {
    var sample = StatsView.of(stats(2, 4_000, 100_000, null));
    for (String absent : List.of("max_usage", "failcnt")) {
      assertFalse(Golden.has(sample.memoryStats(), absent), absent);
    }
    Golden.contains("{\"io_serviced_recursive\": null}", sample.blkioStats());
    assertEquals("0001-01-01T00:00:00Z", sample.preread());
    Golden.same(
        """
        {"eth0": {"rx_bytes": 1, "rx_packets": 2, "rx_errors": 3, "rx_dropped": 4, "tx_bytes": 5,
           "tx_packets": 6, "tx_errors": 7, "tx_dropped": 8}}
        """,
        sample.networks());
  }

  @Test
  void one_that_does_not_run_uses_nothing() {
    var sample = StatsView.of(new Stats("id", "web", Instant.EPOCH, null, null, 0, 2, 0, Map.of()));
    Golden.contains(
        """
        {"name": "/web", "id": "id", "read": "0001-01-01T00:00:00Z", "pids_stats": {},
         "memory_stats": {}}
        """,
        sample);
    assertFalse(Golden.has(sample, "networks"));
  }

  private static Stats stats(int version, long cpu, long system, @Nullable Stats before) {
    var usage =
        new Usage(
            version,
            cpu,
            20,
            30,
            version == 1 ? List.of(1L, 2L) : null,
            1,
            2,
            3,
            1000,
            version == 1 ? 2000L : null,
            version == 1 ? 0L : null,
            null,
            Map.of("total_inactive_file", 10L),
            3,
            null,
            List.of(new Usage.BlockIo(8, 0, "read", 7, 2)));
    return new Stats(
        "id",
        "web",
        NOW,
        before,
        usage,
        system,
        2,
        5000,
        Map.of("eth0", new Stats.Link(1, 2, 3, 4, 5, 6, 7, 8)));
  }
}
