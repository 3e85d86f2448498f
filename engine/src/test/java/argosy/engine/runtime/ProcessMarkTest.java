package argosy.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessMarkTest {
  @Test
  void a_mark_tells_its_process_from_a_later_one(@TempDir Path directory) throws Exception {
    ProcessMark self = ProcessMark.of((int) ProcessHandle.current().pid()).orElseThrow();
    assertTrue(self.isAlive());
    assertFalse(new ProcessMark(self.pid(), self.started() + 1).isAlive());
    Path file = directory.resolve("mark");
    assertEquals(Optional.empty(), ProcessMark.read(file));
    self.write(file);
    assertEquals(Optional.of(self), ProcessMark.read(file));
    Files.writeString(file, "");
    assertEquals(Optional.empty(), ProcessMark.read(file));
  }
}
