package argosy.engine.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import argosy.engine.container.Stats.Link;
import argosy.engine.failure.Refused;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReadingTest {
  @Test
  void links_of_a_namespace() {
    var lines =
        """
        Inter-|   Receive                                                |  Transmit
         face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop
            lo:     100       1    0    0    0     0          0         0      100       1    0    0
          eth0:    1234       5    1    2    0     0          0         0      567       8    3    4
        """
            .lines()
            .toList();
    assertEquals(Map.of("eth0", new Link(1234, 5, 1, 2, 567, 8, 3, 4)), Reading.links(lines));
  }

  @Test
  void a_table_of_processes() {
    var lines =
        List.of(
            "UID          PID    PPID  C STIME TTY          TIME CMD",
            "root           1       0  0 18:57 ?        00:00:01 /sbin/init splash",
            "root          42       1  0 18:57 ?        00:00:00 sleep  100");
    var table = ProcessTable.table(lines, Set.of(42));
    assertEquals(List.of("UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD"), table.titles());
    assertEquals(
        List.of(List.of("root", "42", "1", "0", "18:57", "?", "00:00:00", "sleep  100")),
        table.rows());
    assertThrows(Refused.class, () -> ProcessTable.table(List.of("CMD", "sleep"), Set.of(42)));
  }

  @Test
  void a_row_from_proc() {
    var row =
        new ProcessRow(
            "root",
            42,
            "42 (a (b) c) S 1 42 42 34816 0 0 0 0 0 0 250 350 0 0 20 0 1 0 360000 0 0",
            "sleep\u0000100\u0000");
    var boot = Instant.parse("2026-11-21T10:00:00Z");
    var now = Instant.parse("2026-11-21T11:01:00Z");
    assertEquals(
        List.of("root", "42", "1", "10", "11:00", "pts/0", "00:00:06", "sleep 100"),
        row.columns(boot, now, ZoneOffset.UTC));
  }
}
