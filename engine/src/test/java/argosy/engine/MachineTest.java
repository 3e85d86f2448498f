package argosy.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
  @Test
  void memory_is_in_bytes() {
    assertEquals(
        24_000_000L * 1024,
        Machine.memoryTotal(List.of("MemTotal:       24000000 kB", "MemFree:  1 kB")));
  }

  @Test
  void os_release_values_lose_their_quotes() {
    assertEquals(
        Map.of("PRETTY_NAME", "Debian GNU/Linux 12 (bookworm)", "VERSION_ID", "12", "ID", "debian"),
        Machine.osRelease(
            List.of(
                "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"",
                "VERSION_ID='12'",
                "ID=debian",
                "# nothing")));
  }

  @Test
  void this_machine_can_be_read() {
    var machine = Machine.read();
    assertTrue(machine.cpus() > 0 && machine.memory() > 0 && !machine.kernel().isEmpty());
  }

  @Test
  void the_engines_id_is_made_once(@TempDir Path root) {
    assertEquals(EngineId.of(root), EngineId.of(root));
  }
}
