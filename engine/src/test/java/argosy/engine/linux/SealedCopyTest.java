package argosy.engine.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SealedCopyTest {
  private static final Path TRUE = Path.of("/bin/true");

  @Test
  void a_copy_runs_and_nobody_changes_it() throws Exception {
    try (var copy = SealedCopy.of(TRUE)) {
      assertArrayEquals(Files.readAllBytes(TRUE), Files.readAllBytes(copy.path()));
      assertThrows(IOException.class, () -> Files.write(copy.path(), new byte[] {1}));
      assertEquals(0, new ProcessBuilder(copy.path().toString()).start().waitFor());
    }
  }

  @Test
  void it_goes_when_it_is_closed() throws Exception {
    var copy = SealedCopy.of(TRUE);
    copy.close();
    assertFalse(Files.isExecutable(copy.path()) && Files.isSameFile(copy.path(), TRUE));
    assertThrows(IOException.class, () -> SealedCopy.of(Path.of("/nothing/here")));
  }
}
