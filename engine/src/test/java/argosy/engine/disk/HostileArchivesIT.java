package argosy.engine.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.archive.HostileArchive;
import argosy.engine.archive.RawTar;
import argosy.engine.failure.Refused;
import argosy.engine.linux.Libc;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Archives that reach for what is not theirs, as layers and as what {@code docker cp} and a build's
 * context bring: refused with a sentence or contained, and in no case a trace outside or aside.
 */
class HostileArchivesIT {
  private static final byte[] NONE = {};
  private Path root;
  private Path outside;
  private Layers layers;

  @BeforeEach
  void open() throws IOException {
    root = Files.createTempDirectory("argosy-hostile");
    outside = Files.createDirectory(root.resolve("outside"));
    Files.writeString(outside.resolve("file"), "secret");
    layers = new Layers(root.resolve("layers"));
  }

  @AfterEach
  void close() {
    FileTree.delete(root);
  }

  private byte[] archive(String kind) {
    return HostileArchive.of(kind, outside);
  }

  @ParameterizedTest
  @FieldSource("argosy.engine.archive.HostileArchive#REFUSED")
  void refused_as_a_layer(String kind) throws IOException {
    var in = new ByteArrayInputStream(archive(kind));
    var refused = assertThrows(Refused.class, () -> layers.unpack(in, _ -> {}));
    assertFalse(refused.failure().message().isBlank());
    untouched();
  }

  @ParameterizedTest
  @FieldSource("argosy.engine.archive.HostileArchive#CONTAINED")
  void contained_as_a_layer(String kind) throws IOException {
    try (var draft = layers.unpack(new ByteArrayInputStream(archive(kind)), _ -> {})) {
      draft.keep(draft.diffId());
      Path files = Layers.files(root.resolve("layers"), draft.diffId());
      assertTrue(Files.isDirectory(files, LinkOption.NOFOLLOW_LINKS));
    }
    untouched();
  }

  /** Nothing outside, nothing aside. */
  private void untouched() throws IOException {
    assertEquals(1, children(outside));
    assertEquals("secret", Files.readString(outside.resolve("file")));
    assertEquals(1, Files.getAttribute(outside.resolve("file"), "unix:nlink"));
    byte[] none = new byte[8];
    assertEquals(
        -1, Libc.lgetxattr(outside.toString(), "trusted.overlay.opaque", none, none.length));
    assertEquals(0, children(root.resolve("layers/.fresh")));
  }

  private static long children(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.count();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up",
        "up inside",
        "absolute",
        "two links",
        "hard link",
        "hard link up",
        "hard link by a link",
        "hard link to a directory",
        "hard link to a link",
        "link then same name",
        "link then file",
        "climbing link then file",
        "link then directory",
        "zero in the name",
        "path too long",
        "below a file",
        "link loop",
        "too large",
        "truncated"
      })
  void a_copy_into_a_container_stays_inside(String kind) throws IOException {
    Path container = root.resolve("container");
    Files.createDirectories(container.resolve("tmp"));
    var in = new ByteArrayInputStream(archive(kind));
    NativeCalls.await(() -> {
      try {
        var held = HeldFile.directory(container);
        Extraction.run(in, held, new Extraction.Rules("/tmp", false, null));
      } catch (Refused refused) {
        assertFalse(refused.failure().message().isBlank());
      }
      return true;
    });
    untouched();
    assertEquals(3, children(root), "container, layers, outside");
  }

  /** Cut anywhere, a layer is refused or, behind its last entry, whole. */
  @Test
  void cut_at_each_block() throws IOException {
    byte[] whole =
        new RawTar()
            .directory("d/")
            .pax("path", "d/long", "mtime", "1.5")
            .file("f", new byte[1500])
            .symbolicLink("l", "d")
            .bytes();
    for (int length = 256; length < whole.length - 1024; length += 256) {
      byte[] cut = Arrays.copyOf(whole, length);
      try (var draft = layers.unpack(new ByteArrayInputStream(cut), _ -> {})) {
        assertEquals(0, length % 512);
        assertEquals(Digest.of(cut), draft.diffId());
      } catch (Refused refused) {
        assertTrue(
            refused.failure().message().contains("unexpected EOF"), refused.failure().message());
      }
      assertEquals(0, children(root.resolve("layers/.fresh")));
    }
  }

  /** A bomb has as much room as its disk, and leaves it as it was. */
  @Test
  void larger_than_the_disk() throws IOException {
    Path small = Files.createDirectory(root.resolve("small"));
    NativeCalls.await(
        () -> Libc.check("mount", Libc.mount("t", small.toString(), "tmpfs", 0, "size=4m")));
    try {
      var there = new Layers(small.resolve("layers"));
      byte[] head =
          Arrays.copyOf(
              new RawTar()
                  .entry("f", '0', 0644, "", NONE, h -> RawTar.text(h, 124, "77777777777"))
                  .bytes(),
              512);
      var endless = new Endless(head);
      var refused = assertThrows(Refused.class, () -> there.unpack(endless, _ -> {}));
      assertTrue(
          refused.failure().message().contains("no space left on device"),
          refused.failure().message());
      assertTrue(endless.given < 16 << 20, "it read on");
      assertEquals(0, children(small.resolve("layers/.fresh")));
    } finally {
      NativeCalls.await(() -> Libc.check("umount", Libc.umount2(small.toString(), 0)));
    }
  }

  private static final class Endless extends InputStream {
    private final byte[] head;
    private long given;

    Endless(byte[] head) {
      this.head = head;
    }

    @Override
    public int read() {
      return given < head.length ? head[(int) given++] & 0xff : 0;
    }
  }

  /** Depth costs no stack and no descriptors, and what was made can be removed again. */
  @Test
  void deeply_nested_and_many() throws IOException {
    var tar = new RawTar();
    for (int depth = 1; depth < 1500; depth++) {
      tar.pax("path", "d/".repeat(depth)).directory("d/");
    }
    for (int i = 0; i < 3000; i++) {
      tar.file("same", NONE).file(".wh.gone" + i, NONE);
    }
    try (var draft = layers.unpack(new ByteArrayInputStream(tar.bytes()), _ -> {})) {
      assertEquals(0, draft.size());
    }
    untouched();
  }
}
