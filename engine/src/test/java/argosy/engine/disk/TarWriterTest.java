package argosy.engine.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;

class TarWriterTest {
  private static final byte[] NONE = {};
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarWriter tar = new TarWriter(bytes);

  private static FileStatus file(int mode, int uid, long size) {
    return new FileStatus(
        mode,
        uid,
        9,
        size,
        Instant.ofEpochSecond(1_700_000_000),
        1,
        new FileStatus.Identity(0, 0, 1),
        8,
        1,
        0);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private TarArchiveInputStream written() throws IOException {
    tar.finish();
    assertEquals(0, bytes.size() % 512);
    return new TarArchiveInputStream(new ByteArrayInputStream(bytes.toByteArray()), "UTF-8");
  }

  @Test
  void another_tar_reads_what_it_writes() throws IOException {
    tar.header(utf8("a"), TarWriter.REGULAR, file(0104755, 7, 5), 5, NONE, Map.of());
    tar.content(new ByteArrayInputStream(utf8("hello")), 5);
    tar.header(utf8("d/"), TarWriter.DIRECTORY, file(040700, 7, 0), 0, NONE, Map.of());
    tar.header(utf8("l"), TarWriter.SYMBOLIC_LINK, file(0120777, 7, 0), 0, utf8("a"), Map.of());
    tar.header(utf8("b"), TarWriter.BLOCK_DEVICE, file(060600, 7, 0), 0, NONE, Map.of());
    var archive = written();
    var entry = archive.getNextEntry();
    assertEquals("a", entry.getName());
    assertEquals(04755, entry.getMode() & 07777);
    assertEquals(7, entry.getLongUserId());
    assertEquals("hello", new String(archive.readAllBytes(), StandardCharsets.UTF_8));
    assertTrue(archive.getNextEntry().isDirectory());
    assertEquals("a", archive.getNextEntry().getLinkName());
    assertEquals(8, archive.getNextEntry().getDevMajor());
    assertNull(archive.getNextEntry());
  }

  @Test
  void what_does_not_fit_stands_in_pax_records() throws IOException {
    String name = "ö/" + "n".repeat(200);
    byte[] capability = {1, 0, 0, 2, (byte) 0x80, (byte) 0xff, 0, 10};
    var attributes = Map.of("security.capability", capability);
    tar.header(utf8(name), TarWriter.REGULAR, file(0100644, -2, 0), 0, NONE, attributes);
    tar.header(utf8("huge"), TarWriter.REGULAR, file(0100644, 0, 0), 1L << 34, NONE, Map.of());
    var archive = written();
    var entry = archive.getNextEntry();
    assertEquals(name, entry.getName());
    assertEquals(0xfffffffeL, entry.getLongUserId());
    assertEquals(1L << 34, archive.getNextEntry().getSize());
    var own = new TarReader(new ByteArrayInputStream(bytes.toByteArray())).next();
    assertNotNull(own);
    assertEquals(name, own.shown());
    assertEquals(-2, own.uid());
    assertArrayEquals(capability, own.attributes().get("security.capability"));
  }

  @Test
  void a_file_that_shrinks_meanwhile_is_filled_up() throws IOException {
    tar.header(utf8("f"), TarWriter.REGULAR, file(0100644, 0, 700), 700, NONE, Map.of());
    tar.content(new ByteArrayInputStream(utf8("short")), 700);
    var archive = written();
    archive.getNextEntry();
    assertEquals(700, archive.readAllBytes().length);
    assertNull(archive.getNextEntry());
  }
}
