package argosy.cluster.member;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
  @Test
  void theRecordComesBack(@TempDir Path root) {
    var store = Surroundings.Store.in(root);
    assertEquals(new Surroundings.Memory(null, ""), store.read());
    var record = ClusterRecord.fresh(new Known("id", "n1", "pekko://argosy-cluster@h:1"));
    store.write(record);
    assertEquals(record, store.read().record());
    assertTrue(Files.exists(root.resolve("cluster/record.json")));
  }

  @Test
  void anUnreadableRecordIsNoFirstStart(@TempDir Path root) throws Exception {
    var store = Surroundings.Store.in(root);
    Files.createDirectories(root.resolve("cluster"));
    Files.writeString(root.resolve("cluster/record.json"), "{");
    for (int start = 0; start < 2; start++) {
      var memory = store.read();
      assertNull(memory.record());
      assertTrue(memory.problem().contains("record.json.corrupt"), memory.problem());
      var decision =
          new Reunion("id", memory.record(), true, false, memory.problem()).decide(List.of());
      assertTrue(decision instanceof Reunion.Decision.Wait);
    }
  }
}
