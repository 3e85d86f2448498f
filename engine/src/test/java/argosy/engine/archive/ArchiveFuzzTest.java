package argosy.engine.archive;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import argosy.engine.Mutations;
import com.github.luben.zstd.Zstd;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Archives changed by chance are read or refused: nothing else is thrown, and all reading ends. */
@Timeout(60)
class ArchiveFuzzTest {
  private static final int ROUNDS = 3000;

  /** A reader may hand out as much as this for what is far smaller: holes are no bytes. */
  private static final long MOST = 64 << 20;

  private static byte[] tar() {
    return new RawTar()
        .directory("d/")
        .pax("path", "d/longer", "mtime", "1.5", "SCHILY.xattr.user.a", "b", "uid", "5")
        .file("d/f", new byte[700])
        .pax("GNU.sparse.size", "90", "GNU.sparse.map", "10,5,50,2", "GNU.sparse.name", "s")
        .file("x", new byte[7])
        .entry("././@LongLink", 'L', 0644, "", "d/another name\0".getBytes(StandardCharsets.UTF_8))
        .hardLink("h", "d/f")
        .symbolicLink("l", "../x")
        .entry("s", 'S', 0644, "", new byte[7], ArchiveFuzzTest::sparse)
        .entry("c", '3', 0644, "", new byte[0])
        .bytes();
  }

  private static void sparse(byte[] header) {
    RawTar.text(header, 257, "ustar  \0");
    RawTar.text(header, 386, "00000000007\00000000000007\0");
    RawTar.text(header, 483, "00000000100");
  }

  @Test
  void tars() {
    var mutations = new Mutations(1, List.of(tar(), new RawTar().file("a", new byte[3]).bytes()));
    for (int i = 0; i < ROUNDS; i++) {
      byte[] input = mutations.next();
      if (i % 4 != 0) {
        summed(input, mutations);
      }
      tried(i, input, () -> read(input));
    }
  }

  /** With right checksums more of the reader is reached. */
  private static void summed(byte[] tar, Mutations mutations) {
    for (int at = 0; at + 512 <= tar.length; at += 512) {
      if (tar[at + 257] == 'u' && mutations.below(8) != 0) {
        RawTar.sum(tar, at);
      }
    }
  }

  private static void read(byte[] tar) throws IOException {
    var reader = new TarReader(new ByteArrayInputStream(tar));
    for (var entry = reader.next(); entry != null; entry = reader.next()) {
      entry.shown();
      var sink = new Sink();
      reader.content(entry, sink);
      assertTrue(sink.written <= tar.length, "it wrote more than there is");
    }
  }

  private static final class Sink implements TarReader.Sink {
    private long written;
    private long position;

    @Override
    public void write(byte[] bytes, int offset, int length) {
      assertTrue(offset >= 0 && length > 0 && offset + length <= bytes.length);
      written += length;
      position += length;
    }

    @Override
    public void seek(long offset) {
      assertTrue(offset >= position, "it goes back");
      position = offset;
    }
  }

  @Test
  void packed() throws IOException {
    byte[] plain = tar();
    var gzip = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(gzip)) {
      out.write(plain);
    }
    var bzip2 = new ByteArrayOutputStream();
    try (var out = new BZip2CompressorOutputStream(bzip2, 1)) {
      out.write(plain);
    }
    var xz = new ByteArrayOutputStream();
    try (var out = new XZCompressorOutputStream(xz, 0)) {
      out.write(plain);
    }
    var good = List.of(gzip.toByteArray(), Zstd.compress(plain), xz.toByteArray());
    var mutations = new Mutations(2, good);
    for (int i = 0; i < ROUNDS / 3; i++) {
      byte[] input = mutations.next();
      tried(i, input, () -> drain(Compression.plain(new ByteArrayInputStream(input))));
    }
    var gzips = new Mutations(3, List.of(gzip.toByteArray()));
    for (int i = 0; i < ROUNDS / 3; i++) {
      byte[] input = gzips.next();
      tried(i, input, () -> drain(java(input)));
    }
    var few = new Mutations(4, List.of(bzip2.toByteArray()));
    for (int i = 0; i < ROUNDS / 10; i++) {
      byte[] input = few.next();
      tried(i, input, () -> drain(Compression.plain(new ByteArrayInputStream(input))));
    }
  }

  private static InputStream java(byte[] input) throws IOException {
    return new GzipMembers(new BufferedInputStream(new ByteArrayInputStream(input)));
  }

  private static void drain(InputStream in) throws IOException {
    byte[] buffer = new byte[8192];
    long sum = 0;
    try (in) {
      for (int read = in.read(buffer); read >= 0 && sum < MOST; read = in.read(buffer)) {
        sum += read;
      }
    }
  }

  private interface Reading {
    void run() throws IOException;
  }

  private static void tried(int round, byte[] input, Reading reading) {
    try {
      reading.run();
    } catch (IOException e) {
      assertTrue(e.getMessage() == null || !e.getMessage().isBlank());
    } catch (RuntimeException e) {
      fail("input %d of %d bytes".formatted(round, input.length), e);
    }
  }
}
