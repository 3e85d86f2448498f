package argosy.engine.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {
  @TempDir Path directory;

  /** As dockerd's sizes of containers and layers, which sum up what lstat says. */
  @Test
  void a_link_counts_by_its_text_and_is_not_followed() throws IOException {
    Path tree = directory.resolve("tree");
    Files.createDirectories(tree.resolve("below"));
    Path outside = Files.writeString(directory.resolve("outside"), "far more than all the rest");
    Files.writeString(tree.resolve("below/file"), "abc");
    Files.createSymbolicLink(tree.resolve("link"), Path.of("12345678"));
    Files.createSymbolicLink(tree.resolve("below/out"), Path.of("../../outside"));
    assertEquals(3 + 8 + 13, FileTree.bytes(tree));
    assertEquals(0, FileTree.bytes(directory.resolve("nothing")));
    FileTree.delete(tree);
    assertFalse(Files.exists(tree));
    assertEquals(26, Files.size(outside));
  }

  /**
   * dockerd 20.10 says 110010 of the same tree, as a container's writable layer and as a volume.
   */
  @Test
  void a_file_with_several_names_counts_once_and_a_hole_as_if_it_were_written() throws IOException {
    Path tree = directory.resolve("tree");
    Files.createDirectories(tree.resolve("below"));
    Path file = Files.write(tree.resolve("a"), new byte[10_000]);
    Files.createLink(tree.resolve("below/b"), file);
    Files.createSymbolicLink(tree.resolve("link"), Path.of("0123456789"));
    Path sparse = Files.createFile(tree.resolve("sparse"));
    try (var channel = FileChannel.open(sparse, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[1]), 99_999);
    }
    assertEquals(110_010, FileTree.bytes(tree));
  }
}
