package argosy.engine.container;

import static org.junit.jupiter.api.Assertions.assertEquals;

import argosy.engine.container.ContainerRequest.Changed.Change;
import argosy.engine.disk.RootFilesystems.Locations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileChangesTest {
  @TempDir Path folder;
  private Path image;
  private Path upper;

  @BeforeEach
  void an_image_with_etc_and_a_container_that_was_started() throws IOException {
    image = Files.createDirectories(folder.resolve("image"));
    upper = Files.createDirectories(folder.resolve("upper"));
    Files.createDirectories(image.resolve("etc"));
    Files.writeString(image.resolve("etc/passwd"), "root");
    Files.createDirectories(upper.resolve("etc"));
    for (String own : List.of("hosts", "hostname", "resolv.conf")) {
      Files.createFile(upper.resolve("etc").resolve(own));
    }
  }

  @Test
  void a_container_that_changed_nothing_shows_nothing() {
    assertEquals(List.of(), changes());
  }

  @Test
  void what_is_new_in_etc_is_shown_with_etc() throws IOException {
    Files.writeString(upper.resolve("etc/motd"), "hi");
    assertEquals(List.of(new Change("/etc", 0), new Change("/etc/motd", 1)), changes());
  }

  @Test
  void other_permissions_are_a_change_too() throws IOException {
    Files.setPosixFilePermissions(
        upper.resolve("etc"), PosixFilePermissions.fromString("rwx------"));
    assertEquals(List.of(new Change("/etc", 0)), changes());
  }

  private List<Change> changes() {
    var nowhere = folder.resolve("none");
    return FileChanges.of(new Locations(List.of(image), upper, nowhere, nowhere)).changes();
  }
}
