package argosy.engine.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class CompressionTest {
  private static final byte[] TEXT =
      "some bytes, some bytes, some bytes".getBytes(StandardCharsets.UTF_8);

  @Test
  void unpacks_by_the_first_bytes() throws IOException {
    assertArrayEquals(TEXT, plain(TEXT));
    assertArrayEquals(TEXT, plain(gzip(TEXT)));
    assertArrayEquals(TEXT, plain(Zstd.compress(TEXT)));
    assertArrayEquals(new byte[0], plain(new byte[0]));
    assertArrayEquals(new byte[] {0x1f}, plain(new byte[] {0x1f}));
  }

  @Test
  void reads_every_member_of_a_gzip() throws IOException {
    var two = new ByteArrayOutputStream();
    two.write(gzip(TEXT));
    two.write(gzip(TEXT));
    assertEquals(2 * TEXT.length, plain(two.toByteArray()).length);
  }

  private static byte[] plain(byte[] packed) throws IOException {
    return Compression.plain(new ByteArrayInputStream(packed)).readAllBytes();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }
}
