package argosy.engine;

import argosy.engine.disk.Records;
import java.nio.file.Path;
import java.util.UUID;

/** The engine's own id: made at its first start, the same ever after. */
record EngineId(String id) {
  static EngineId of(Path dataRoot) {
    var records = new Records<>(dataRoot, "record.json", EngineId.class);
    return records
        .get("engine")
        .orElseGet(() -> {
          var fresh = new EngineId(UUID.randomUUID().toString());
          records.put("engine", fresh);
          return fresh;
        });
  }
}
