package argosy.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import argosy.engine.oci.UserIds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserLookupTest {
  @Test
  void links_lead_to_files_of_the_container_only(@TempDir Path directory) throws Exception {
    Path rootfs = directory.resolve("rootfs");
    Files.createDirectories(rootfs.resolve("etc"));
    Files.createDirectories(rootfs.resolve("real"));
    Files.writeString(directory.resolve("passwd"), "cook:x:1:1::/host:/bin/sh\n");
    Files.writeString(rootfs.resolve("passwd"), "cook:x:7:8::/galley:/bin/sh\n");
    Files.createSymbolicLink(rootfs.resolve("etc/passwd"), Path.of("../../passwd"));
    assertEquals(
        new UserIds(7, 8, List.of(8), "/galley"), UserLookup.find(rootfs, "cook", List.of()));
  }

  @Test
  void a_root_without_files_knows_numbers(@TempDir Path rootfs) {
    assertEquals(new UserIds(5, 0, List.of(0), "/"), UserLookup.find(rootfs, "5", List.of()));
  }
}
