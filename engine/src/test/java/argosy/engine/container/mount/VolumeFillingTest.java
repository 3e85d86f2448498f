package argosy.engine.container.mount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeFillingTest {
  @TempDir Path directory;
  private Path root;
  private Path volume;

  @BeforeEach
  void image() throws IOException {
    root = Files.createDirectories(directory.resolve("root"));
    volume = Files.createDirectories(directory.resolve("volume"));
    Path data = Files.createDirectories(root.resolve("data/sub"));
    Files.writeString(data.resolve("file"), "text");
    Files.createSymbolicLink(root.resolve("data/link"), Path.of("sub/file"));
    Files.createSymbolicLink(root.resolve("alias"), Path.of("/data"));
    Files.setPosixFilePermissions(
        root.resolve("data"), PosixFilePermissions.fromString("rwx-wx--x"));
  }

  @Test
  void an_empty_volume_takes_what_the_image_has() throws IOException {
    VolumeFilling.fill(volume, root, "/alias");
    assertEquals("text", Files.readString(volume.resolve("sub/file")));
    assertEquals(Path.of("sub/file"), Files.readSymbolicLink(volume.resolve("link")));
    assertEquals("rwx-wx--x", PosixFilePermissions.toString(Files.getPosixFilePermissions(volume)));
  }

  @Test
  void a_link_can_not_lead_out_of_the_image() throws IOException {
    Path outside = Files.createDirectories(directory.resolve("outside"));
    Files.createFile(outside.resolve("secret"));
    Files.createSymbolicLink(root.resolve("out"), outside);
    Files.createSymbolicLink(root.resolve("up"), Path.of("../outside"));
    VolumeFilling.fill(volume, root, "/out");
    VolumeFilling.fill(volume, root, "/up");
    assertFalse(Files.exists(volume.resolve("secret")));
  }

  @Test
  void a_volume_in_use_is_left_alone() throws IOException {
    Files.createFile(volume.resolve("mine"));
    VolumeFilling.fill(volume, root, "/data");
    VolumeFilling.fill(volume, root, "/nowhere");
    assertTrue(Files.exists(volume.resolve("mine")));
    assertFalse(Files.exists(volume.resolve("sub")));
  }
}
