package argosy.engine.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.archive.RawTar;
import argosy.engine.failure.Refused;
import argosy.engine.linux.Libc;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Unpacking as root: what layers bring, and what they must not reach. */
class LayersIT {
  private Path root;
  private Layers layers;

  @BeforeEach
  void open() throws IOException {
    root = Files.createTempDirectory("argosy-layers");
    layers = new Layers(root.resolve("layers"));
  }

  @AfterEach
  void close() {
    FileTree.delete(root);
  }

  @Test
  void unpacks_owners_modes_times_links_and_attributes() throws IOException {
    byte[] capability = {1, 0, 0, 2, (byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    Path files =
        unpack(
            new RawTar()
                .directory("usr/")
                .attribute("security.capability", capability)
                .file("usr/a", new byte[] {1, 2, 3})
                .hardLink("usr/b", "usr/a")
                .symbolicLink("usr/c", "/usr/a")
                .entry("usr/suid", '0', 06755, "", new byte[0])
                .file("deep/er/d", new byte[0]));
    Path a = files.resolve("usr/a");
    assertEquals(1000, Files.getAttribute(a, "unix:uid"));
    assertEquals(1001, Files.getAttribute(a, "unix:gid"));
    assertEquals(Instant.ofEpochSecond(1_700_000_000), Files.getLastModifiedTime(a).toInstant());
    assertEquals(
        Instant.ofEpochSecond(1_700_000_000),
        Files.getLastModifiedTime(files.resolve("usr")).toInstant());
    assertTrue(Files.isSameFile(a, files.resolve("usr/b")));
    assertEquals(Path.of("/usr/a"), Files.readSymbolicLink(files.resolve("usr/c")));
    assertEquals(
        06755, (Integer) Files.getAttribute(files.resolve("usr/suid"), "unix:mode") & 07777);
    byte[] found = new byte[64];
    long length = Libc.lgetxattr(a.toString(), "security.capability", found, found.length);
    assertEquals(Arrays.toString(capability), Arrays.toString(Arrays.copyOf(found, (int) length)));
  }

  @Test
  void turns_whiteouts_into_what_overlayfs_reads() throws IOException {
    Path files =
        unpack(
            new RawTar()
                .directory("d/")
                .file("d/.wh..wh..opq", new byte[0])
                .file("d/.wh.gone", new byte[0])
                .file(".wh.before", new byte[0])
                .directory("before/")
                .directory("after/")
                .file(".wh.after", new byte[0])
                .file("kept", new byte[0])
                .file(".wh.kept", new byte[0]));
    assertTrue(isWhiteout(files.resolve("d/gone")));
    assertEquals("y", attribute(files.resolve("d"), "trusted.overlay.opaque"));
    assertEquals("y", attribute(files.resolve("before"), "trusted.overlay.opaque"));
    assertEquals("y", attribute(files.resolve("after"), "trusted.overlay.opaque"));
    assertTrue(Files.isRegularFile(files.resolve("kept")));
    assertFalse(Files.exists(files.resolve("d/.wh..wh..opq")));
  }

  @Test
  void writes_through_a_link_stay_inside() throws IOException {
    Path outside = Files.createDirectory(root.resolve("outside"));
    Path files =
        unpack(
            new RawTar()
                .directory("tmp/")
                .symbolicLink("evil", "/tmp")
                .file("evil/x", new byte[0])
                .symbolicLink("file", outside.resolve("y").toString())
                .file("file", new byte[] {1}));
    assertTrue(Files.exists(files.resolve("tmp/x")));
    assertTrue(Files.isRegularFile(files.resolve("file"), LinkOption.NOFOLLOW_LINKS));
    assertEquals(0, children(outside));
    assertThrows(
        Refused.class,
        () ->
            unpack(
                new RawTar()
                    .symbolicLink("evil", outside.toString())
                    .file("evil/x", new byte[] {1})));
    assertEquals(0, children(outside));
  }

  @ParameterizedTest
  @ValueSource(strings = {"up", "deep", "hard", "missing", "whiteout", "cut"})
  void refuses_hostile_archives_without_a_trace(String kind) throws IOException {
    byte[] tar =
        switch (kind) {
          case "up" -> new RawTar().file("../evil", new byte[1]).bytes();
          case "deep" -> new RawTar().file("a/b/../../../evil", new byte[1]).bytes();
          case "hard" -> new RawTar().hardLink("a", "../../etc/passwd").bytes();
          case "missing" -> new RawTar().hardLink("a", "etc/passwd").bytes();
          case "whiteout" -> new RawTar().file("a/.wh...", new byte[0]).bytes();
          default -> Arrays.copyOf(new RawTar().file("a", new byte[5000]).bytes(), 2000);
        };
    assertThrows(Refused.class, () -> layers.unpack(new ByteArrayInputStream(tar), _ -> {}));
    assertEquals(0, children(root.resolve("layers/.fresh")));
    assertFalse(Files.exists(root.resolve("evil")));
    assertEquals(List.of(), layers.all());
  }

  @Test
  void forgets_what_a_crash_left_and_keeps_the_first_of_two() throws IOException {
    byte[] tar = new RawTar().file("a", new byte[9]).bytes();
    var one = layers.unpack(new ByteArrayInputStream(tar), _ -> {});
    var two = layers.unpack(new ByteArrayInputStream(tar), _ -> {});
    assertEquals(one.diffId(), two.diffId());
    one.keep(one.diffId());
    two.keep(one.diffId());
    layers.unpack(new ByteArrayInputStream(tar), _ -> {});
    layers = new Layers(root.resolve("layers"));
    assertEquals(0, children(root.resolve("layers/.fresh")));
    assertEquals(List.of(one.diffId()), layers.all());
    assertEquals(9, layers.size(one.diffId()));
    layers.detach(one.diffId()).ifPresent(FileTree::delete);
    assertTrue(layers.detach(one.diffId()).isEmpty());
  }

  /** As dockerd's {@code docker images} shows it. */
  @Test
  void a_layer_is_as_large_as_its_files_and_the_text_of_its_links() throws IOException {
    var tar = new RawTar().file("a", new byte[3]).hardLink("b", "a").symbolicLink("c", "12345678");
    try (var draft = layers.unpack(new ByteArrayInputStream(tar.bytes()), _ -> {})) {
      draft.keep(draft.diffId());
      assertEquals(11, layers.size(draft.diffId()));
    }
  }

  @Test
  void mounts_a_pile_too_high_for_one_page() throws IOException {
    var chains = new ArrayList<String>();
    for (int i = 0; i < 120; i++) {
      byte[] tar = new RawTar().file("f" + i, new byte[] {1}).bytes();
      var draft = layers.unpack(new ByteArrayInputStream(tar), _ -> {});
      draft.keep(draft.diffId());
      chains.add(draft.diffId().toString());
    }
    var roots = new OverlayRoots(root);
    try {
      Path merged = roots.mount("high", chains, true);
      assertTrue(Files.exists(merged.resolve("f0")));
      assertTrue(Files.exists(merged.resolve("f119")));
    } finally {
      roots.remove("high");
    }
    assertEquals(List.of(), roots.remains());
    Path none = roots.mount("none", List.of(), true);
    assertEquals(0, children(none));
    roots.remove("none");
  }

  private Path unpack(RawTar tar) {
    try (var draft = layers.unpack(new ByteArrayInputStream(tar.bytes()), _ -> {})) {
      draft.keep(draft.diffId());
      return Layers.files(root.resolve("layers"), draft.diffId());
    }
  }

  private static boolean isWhiteout(Path path) throws IOException {
    return Files.getAttribute(path, "unix:rdev", LinkOption.NOFOLLOW_LINKS).equals(0L)
        && Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
            .isOther();
  }

  private static String attribute(Path path, String name) {
    byte[] value = new byte[16];
    long length = Libc.lgetxattr(path.toString(), name, value, value.length);
    return length < 0 ? "" : new String(value, 0, (int) length, StandardCharsets.US_ASCII);
  }

  private static long children(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.count();
    }
  }
}
