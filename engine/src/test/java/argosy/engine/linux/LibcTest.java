package argosy.engine.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibcTest {
  @Test
  void a_refusal_names_the_call_and_the_error() {
    var refusal =
        assertThrows(
            SystemCallFailed.class,
            () -> Libc.check("open /nope", Libc.open("/nope", Libc.O_RDONLY, 0)));
    assertEquals("open /nope: No such file or directory", refusal.getMessage());
    assertTrue(refusal.is(SystemCallFailed.ENOENT));
  }

  @Test
  void paths_travel_as_utf_8(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("Küste");
    int fd = Libc.check("open", Libc.open(file.toString(), Libc.O_CREAT | Libc.O_WRONLY, 0x180));
    byte[] bytes = "ahoy".getBytes(StandardCharsets.UTF_8);
    assertEquals(4, Libc.write(fd, bytes, bytes.length));
    Libc.check("close", Libc.close(fd));
    assertEquals("ahoy", Files.readString(file));
  }
}
