package argosy.engine.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.archive.TarEntry.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;

class TarWriterTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarWriter tar = new TarWriter(bytes);

  private static TarEntry entry(Kind kind, String name, int mode, String link) {
    return entry(kind, name, 0, mode, 7, link, Map.of());
  }

  private static TarEntry file(String name, long size, int uid, Map<String, byte[]> attributes) {
    return entry(Kind.FILE, name, size, 0644, uid, "", attributes);
  }

  private static TarEntry entry(
      Kind kind,
      String name,
      long size,
      int mode,
      int uid,
      String link,
      Map<String, byte[]> attributes) {
    var modified = Instant.ofEpochSecond(1_700_000_000);
    String octets = Octets.ofText(name);
    return new TarEntry(kind, octets, link, size, mode, uid, 9, modified, 8, 1, attributes, null);
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
    tar.header(entry(Kind.FILE, "a", 5, 04755, 7, "", Map.of()));
    tar.content(new ByteArrayInputStream(utf8("hello")), 5);
    tar.header(entry(Kind.DIRECTORY, "d/", 0700, ""));
    tar.header(entry(Kind.SYMBOLIC_LINK, "l", 0777, "a"));
    tar.header(entry(Kind.BLOCK_DEVICE, "b", 0600, ""));
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
    tar.header(file(name, 0, -2, attributes));
    tar.header(file("huge", 1L << 34, 0, Map.of()));
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
    tar.header(file("f", 700, 0, Map.of()));
    tar.content(new ByteArrayInputStream(utf8("short")), 700);
    var archive = written();
    archive.getNextEntry();
    assertEquals(700, archive.readAllBytes().length);
    assertNull(archive.getNextEntry());
  }
}
