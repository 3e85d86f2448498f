package argosy.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeTrialIT {
  @Test
  void crun_is_the_default_where_it_works_and_is_tried_once(@TempDir Path root) throws Exception {
    Path kept = root.resolve("run/trials/crun");
    try (var box = new TestBox(root, "")) {
      assertEquals("crun", box.runtime.runtimes().defaultName());
      assertTrue(Files.readString(kept).endsWith(" true"), Files.readString(kept));
      box.assertNothingLeft();
      TestBox.assertNoCgroup("trial-" + ProcessHandle.current().pid());
    }
    try (Stream<Path> left = Files.list(root.resolve("run/trials"))) {
      assertEquals(1, left.count());
    }
    Files.writeString(kept, Files.readString(kept).replace("true", "false"));
    try (var box = new TestBox(root, "")) {
      assertEquals("runc", box.runtime.runtimes().defaultName());
    }
  }
}
