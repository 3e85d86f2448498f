package argosy.engine.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
