package argosy.engine.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachesTest {
  @TempDir Path directory;

  @Test
  void a_prune_goes_by_the_last_use() throws IOException {
    for (String name : List.of("old", "new")) {
      Files.writeString(Files.createDirectory(directory.resolve(name)).resolve("file"), "12345");
    }
    Files.setLastModifiedTime(directory.resolve("old"), FileTime.from(Instant.EPOCH));
    var caches = new Caches(directory);
    assertEquals(List.of("old"), caches.prune(Instant.now().minusSeconds(3600)).names());
    assertEquals(List.of("new"), caches.prune(Instant.MAX).names());
    assertEquals(List.of(), caches.prune(Instant.MAX).names());
  }
}
