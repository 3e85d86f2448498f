package argosy.engine.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.luben.zstd.Zstd;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
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

  /** The other packings have no media type that says so. */
  @Test
  void a_layer_goes_on_plain_unless_it_came_as_gzip_or_zstd() throws IOException {
    for (byte[] same : List.of(TEXT, gzip(TEXT), Zstd.compress(TEXT), new byte[0])) {
      assertArrayEquals(same, carried(same));
    }
    for (String name : List.of("bzip2", "xz")) {
      byte[] packed = packed(name);
      assertFalse(Arrays.equals(TEXT, packed));
      assertArrayEquals(TEXT, carried(packed));
      assertFalse(Compression.of(new ByteArrayInputStream(packed)).isCarried());
    }
  }

  private static byte[] carried(byte[] packed) throws IOException {
    return Compression.carried(new ByteArrayInputStream(packed)).readAllBytes();
  }

  private static byte[] packed(String name) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out =
        name.equals("xz")
            ? new XZCompressorOutputStream(bytes)
            : new BZip2CompressorOutputStream(bytes)) {
      out.write(TEXT);
    }
    return bytes.toByteArray();
  }

  @Test
  void reads_every_member_of_a_gzip() throws IOException {
    var two = new ByteArrayOutputStream();
    two.write(gzip(TEXT));
    two.write(gzip(TEXT));
    assertEquals(2 * TEXT.length, plain(two.toByteArray()).length);
    two.write(new byte[70_000]);
    assertEquals(2 * TEXT.length, plain(two.toByteArray()).length);
    assertEquals(2 * TEXT.length, java(two.toByteArray()).length);
    two.write('x');
    assertThrows(IOException.class, () -> plain(two.toByteArray()));
    assertThrows(IOException.class, () -> java(two.toByteArray()));
  }

  /** A host without libisal unpacks the same. */
  @Test
  void both_ways_to_gunzip_agree() throws IOException {
    byte[] large = new byte[1_000_000];
    new Random(3).nextBytes(large);
    Arrays.fill(large, 300_000, 600_000, (byte) 'x');
    byte[] packed = gzip(large);
    assertArrayEquals(large, plain(packed));
    assertArrayEquals(large, java(packed));
    byte[] wrong = packed.clone();
    wrong[wrong.length - 6] ^= 1; // its checksum
    assertThrows(IOException.class, () -> plain(wrong));
    assertThrows(IOException.class, () -> java(wrong));
    for (int length : new int[] {5, 12, packed.length / 2, packed.length - 1}) {
      byte[] cut = Arrays.copyOf(packed, length);
      assertThrows(IOException.class, () -> plain(cut));
      assertThrows(IOException.class, () -> java(cut));
    }
  }

  private static byte[] java(byte[] packed) throws IOException {
    return new GzipMembers(new BufferedInputStream(new ByteArrayInputStream(packed)))
        .readAllBytes();
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
