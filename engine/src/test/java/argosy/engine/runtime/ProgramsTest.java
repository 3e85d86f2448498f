package argosy.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramsTest {
  @Test
  void an_upgraded_program_is_copied_again_and_one_that_is_gone_is_named(@TempDir Path root)
      throws Exception {
    Path file = Files.write(root.resolve("crun"), new byte[] {1});
    var runtime = new OciRuntime("crun", file, "crun 1.8.1", false);
    try (var programs = new Programs()) {
      Path first = programs.of(runtime);
      assertNotEquals(file, first);
      assertEquals(first, programs.of(runtime));
      Files.delete(file);
      assertEquals(file, programs.of(runtime));
      Files.write(file, new byte[] {1, 2});
      assertArrayEquals(new byte[] {1, 2}, Files.readAllBytes(programs.of(runtime)));
      assertArrayEquals(new byte[] {1}, Files.readAllBytes(first));
    }
  }
}
