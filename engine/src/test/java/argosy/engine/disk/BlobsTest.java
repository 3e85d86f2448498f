package argosy.engine.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.failure.Refused;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobsTest {
  private static final byte[] BYTES = {1, 2, 3};

  @TempDir Path root;

  @Test
  void keeps_bytes_under_their_digest() {
    var blobs = new Blobs(root);
    var stored = blobs.put(BYTES);
    assertEquals(new Blobs.Stored(Digest.of(BYTES), 3), stored);
    assertArrayEquals(BYTES, new Blobs(root).bytes(stored.digest()));
    assertEquals(List.of(stored.digest()), blobs.all());
    blobs.remove(stored.digest());
    blobs.remove(stored.digest());
    assertFalse(blobs.has(stored.digest()));
  }

  @Test
  void keeps_nothing_that_is_not_what_it_should_be() throws IOException {
    var blobs = new Blobs(root);
    var other = Digest.of(new byte[0]);
    var refused =
        assertThrows(
            Refused.class, () -> blobs.put(new ByteArrayInputStream(BYTES), other, _ -> {}));
    assertEquals("filesystem layer verification failed for digest " + other, refused.getMessage());
    assertThrows(UncheckedIOException.class, () -> blobs.put(new Broken(), null, _ -> {}));
    assertTrue(blobs.all().isEmpty());
    try (var fresh = Files.list(root.resolve("fresh"))) {
      assertEquals(0, fresh.count());
    }
  }

  @Test
  void forgets_what_a_crash_left_half_written() throws IOException {
    new Blobs(root);
    Files.write(root.resolve("fresh/half"), BYTES);
    new Blobs(root);
    assertFalse(Files.exists(root.resolve("fresh/half")));
  }

  private static final class Broken extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("broken");
    }
  }
}
