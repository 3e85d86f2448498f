package argosy.engine.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import argosy.engine.build.CachePrune.Room;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
    assertEquals(List.of("old"), prune(caches, Map.of("until", List.of("1h"))));
    assertEquals(List.of(5L), caches.all().stream().map(BuildCache::bytes).toList());
    assertEquals(List.of("new"), prune(caches, Map.of()));
    assertEquals(List.of(), prune(caches, Map.of()));
  }

  private static List<String> prune(Caches caches, Map<String, List<String>> filters) {
    return caches.prune(new CachePrune(filters, Room.NONE), Instant.now()).names();
  }
}
