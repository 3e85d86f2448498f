package argosy.engine.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.archive.RawTar;
import argosy.engine.linux.Libc;
import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a layer's tar says and what the tree then is, compared once with what dockerd 20.10 makes of
 * the same tars: the same but for times before 1970, which dockerd sets to 1970, and for what it
 * refuses (names twice, GNU's old sparse files, zeros behind a gzip, zstd).
 */
class TarFormatsIT {
  private static final byte[] NONE = {};
  private Path root;
  private Layers layers;

  @BeforeEach
  void open() throws IOException {
    root = Files.createTempDirectory("argosy-formats");
    layers = new Layers(root.resolve("layers"));
  }

  @AfterEach
  void close() {
    FileTree.delete(root);
  }

  private Path unpack(byte[] tar) {
    try (var draft = layers.unpack(new ByteArrayInputStream(tar), _ -> {})) {
      draft.keep(draft.diffId());
      return Layers.files(root.resolve("layers"), draft.diffId());
    }
  }

  private static int mode(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
  }

  private static List<Object> owner(Path path) throws IOException {
    return List.of(
        Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS),
        Files.getAttribute(path, "unix:gid", LinkOption.NOFOLLOW_LINKS));
  }

  private static Instant time(Path path) throws IOException {
    return Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
  }

  private static byte[] attribute(Path path, String name) {
    byte[] value = new byte[256];
    long length = Libc.lgetxattr(path.toString(), name, value, value.length);
    return length < 0 ? new byte[0] : Arrays.copyOf(value, (int) length);
  }

  /** Root's own, so that nothing is set that a new file has by itself. */
  private static void asRoot(byte[] header) {
    RawTar.text(header, 108, "0000000");
    RawTar.text(header, 116, "0000000");
  }

  @Test
  void owners_modes_and_times_are_the_archives() throws IOException {
    Path files =
        unpack(
            new RawTar()
                .pax("mtime", "1600000000.123456789")
                .directory("d/")
                .entry("d/root", '0', 0644, "", NONE, TarFormatsIT::asRoot)
                .entry("d/open", '0', 0666, "", NONE, TarFormatsIT::asRoot)
                .entry("d/suid", '0', 06755, "", NONE)
                .entry("sticky/", '5', 01777, "", NONE, TarFormatsIT::asRoot)
                .entry("sgid/", '5', 02775, "", NONE)
                .entry("sgid/in", '0', 0600, "", NONE, TarFormatsIT::asRoot)
                .entry("closed/", '5', 0, "", NONE)
                .entry("closed/in", '0', 0, "", NONE)
                .pax("uid", "3000000000", "gid", "4294967294", "mtime", "-1.5")
                .symbolicLink("l", "nowhere")
                .bytes());
    assertEquals(Instant.ofEpochSecond(1_600_000_000, 123_456_789), time(files.resolve("d")));
    assertEquals(List.of(1000, 1001), owner(files.resolve("d")));
    assertEquals(List.of(0, 0), owner(files.resolve("d/root")));
    assertEquals(0100644, mode(files.resolve("d/root")));
    assertEquals(0100666, mode(files.resolve("d/open")));
    assertEquals(0106755, mode(files.resolve("d/suid")));
    assertEquals(041777, mode(files.resolve("sticky")));
    assertEquals(042775, mode(files.resolve("sgid")));
    assertEquals(List.of(0, 0), owner(files.resolve("sgid/in")));
    assertEquals(040000, mode(files.resolve("closed")));
    assertEquals(0100000, mode(files.resolve("closed/in")));
    assertEquals(List.of((int) 3_000_000_000L, -2), owner(files.resolve("l")));
    assertEquals(Instant.ofEpochSecond(-2, 500_000_000), time(files.resolve("l")));
  }

  @Test
  void names_and_links_are_bytes_that_may_lead_anywhere() throws IOException {
    byte[] odd = {'o', (byte) 0xff, '\n', '\\'};
    String deep = "p".repeat(200) + "/" + "q".repeat(200) + "/leaf";
    Path files =
        unpack(
            new RawTar()
                .directory("etc/")
                .symbolicLink("etc/climbs", "../../../../etc/file")
                .symbolicLink("etc/absolute", "/../../x")
                .pax("path", odd)
                .file("f", new byte[] {7})
                .pax("path", deep)
                .file("cut", NONE)
                .pax("linkpath", "t".repeat(300))
                .symbolicLink("long", "cut")
                .hardLink("hard", "etc/climbs")
                .bytes());
    assertEquals(
        Path.of("../../../../etc/file"), Files.readSymbolicLink(files.resolve("etc/climbs")));
    assertEquals(Path.of("/../../x"), Files.readSymbolicLink(files.resolve("etc/absolute")));
    assertEquals(Path.of("t".repeat(300)), Files.readSymbolicLink(files.resolve("long")));
    assertEquals(
        2, Files.getAttribute(files.resolve("hard"), "unix:nlink", LinkOption.NOFOLLOW_LINKS));
    assertTrue(Files.exists(files.resolve(deep)));
    try (var held = HeldFile.directory(files)) {
      assertTrue(held.names().stream().anyMatch(name -> Arrays.equals(name, odd)));
    }
  }

  @Test
  void what_comes_later_takes_the_place_of_what_was_there() throws IOException {
    Path files =
        unpack(
            new RawTar()
                .directory("mode/")
                .file("mode/kept", NONE)
                .entry("mode/", '5', 0700, "", NONE)
                .file("f-then-d", new byte[1])
                .directory("f-then-d/")
                .file("f-then-d/x", NONE)
                .directory("d-then-f/")
                .file("d-then-f/y", NONE)
                .file("d-then-f", new byte[2])
                .symbolicLink("l", "mode")
                .file("l", new byte[3])
                .file("twice", new byte[4])
                .entry("twice", '0', 0600, "", new byte[5])
                .bytes());
    assertEquals(040700, mode(files.resolve("mode")));
    assertTrue(Files.exists(files.resolve("mode/kept")));
    assertTrue(Files.exists(files.resolve("f-then-d/x")));
    assertEquals(2, Files.size(files.resolve("d-then-f")));
    assertTrue(Files.isRegularFile(files.resolve("l"), LinkOption.NOFOLLOW_LINKS));
    assertEquals(5, Files.size(files.resolve("twice")));
    assertEquals(0100600, mode(files.resolve("twice")));
  }

  @Test
  void devices_pipes_and_attributes() throws IOException {
    byte[] capability = new byte[20];
    capability[0] = 1;
    capability[3] = 2;
    Path files =
        unpack(
            new RawTar()
                .entry("null", '3', 0666, "", NONE, h -> device(h, 1, 3))
                .entry("disk", '4', 0660, "", NONE, h -> device(h, 259, 70_000))
                .entry("pipe", '6', 0640, "", NONE)
                .attribute("security.capability", capability)
                .file("f", NONE)
                .attribute("user.x", new byte[] {0, (byte) 0xff, '\n', '='})
                .directory("d/")
                .attribute("trusted.overlay.redirect", new byte[] {'/'})
                .directory("no/")
                .bytes());
    assertEquals(020666, mode(files.resolve("null")));
    assertEquals(0x103L, Files.getAttribute(files.resolve("null"), "unix:rdev"));
    assertEquals(
        (70_000L & 0xff) | 259L << 8 | (70_000L & ~0xffL) << 12,
        Files.getAttribute(files.resolve("disk"), "unix:rdev"));
    assertEquals(010640, mode(files.resolve("pipe")));
    assertArrayEquals(capability, attribute(files.resolve("f"), "security.capability"));
    assertArrayEquals(
        new byte[] {0, (byte) 0xff, '\n', '='}, attribute(files.resolve("d"), "user.x"));
    assertEquals(0, attribute(files.resolve("no"), "trusted.overlay.redirect").length);
  }

  private static void device(byte[] header, int major, int minor) {
    RawTar.text(header, 329, "%07o".formatted(major));
    RawTar.text(header, 337, "%07o".formatted(minor));
  }

  @Test
  void holes_stay_holes() throws IOException {
    Path file =
        unpack(
                new RawTar()
                    .pax(
                        "GNU.sparse.size",
                        "9000000",
                        "GNU.sparse.map",
                        "1000000,5,8000000,2",
                        "GNU.sparse.name",
                        "s")
                    .file("GNUSparseFile.0/s", "AAAAABB".getBytes(StandardCharsets.US_ASCII))
                    .bytes())
            .resolve("s");
    assertEquals(9_000_000, Files.size(file));
    byte[] all = Files.readAllBytes(file);
    assertEquals("AAAAA", new String(all, 1_000_000, 5, StandardCharsets.US_ASCII));
    assertEquals("BB", new String(all, 8_000_000, 2, StandardCharsets.US_ASCII));
    assertEquals(0, all[8_000_002]);
    try (var held = new HeldFile(Libc.open(file.toString(), Libc.O_RDONLY, 0))) {
      long data = Libc.lseek(held.fd(), 4_000_000, 3); // SEEK_DATA
      assertTrue(data > 7_900_000, "data at " + data);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "gzip", "members", "padded", "zstd", "xz", "bzip2"})
  void layers_come_packed_in_many_ways(String way) throws IOException {
    byte[] tar = new RawTar().file("f", new byte[100_000]).bytes();
    var packed = new ByteArrayOutputStream();
    if (way.equals("members") || way.equals("padded")) {
      pack("gzip", packed, Arrays.copyOf(tar, 700));
      pack("gzip", packed, Arrays.copyOfRange(tar, 700, tar.length));
      packed.writeBytes(way.equals("padded") ? new byte[1000] : NONE);
    } else {
      pack(way, packed, tar);
    }
    try (var draft = layers.unpack(new ByteArrayInputStream(packed.toByteArray()), _ -> {})) {
      assertEquals(Digest.of(tar), draft.diffId());
      assertEquals(100_000, draft.size());
    }
  }

  private static void pack(String way, OutputStream out, byte[] bytes) throws IOException {
    switch (way) {
      case "gzip" -> {
        var gzip = new GZIPOutputStream(out);
        gzip.write(bytes);
        gzip.finish();
      }
      case "zstd" -> out.write(Zstd.compress(bytes));
      case "xz" -> {
        try (var xz = new XZCompressorOutputStream(out, 1)) {
          xz.write(bytes);
        }
      }
      case "bzip2" -> {
        try (var bzip2 = new BZip2CompressorOutputStream(out)) {
          bzip2.write(bytes);
        }
      }
      default -> out.write(bytes);
    }
  }

  @Test
  void nothing_is_made_for_marks_of_other_file_systems() {
    Path files =
        unpack(new RawTar().file(".wh..wh.plnk/1.2", NONE).file(".wh..wh.aufs", NONE).bytes());
    assertFalse(Files.exists(files.resolve(".wh..wh.aufs")));
  }
}
