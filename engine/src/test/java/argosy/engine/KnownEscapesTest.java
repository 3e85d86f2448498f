package argosy.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.runtime.ContainerRuntime.Runtimes.Found;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KnownEscapesTest {
  @Test
  void an_old_runc_is_warned_about_and_a_mended_one_is_not() {
    assertTrue(warning("runc", "1.1.5+ds1").orElseThrow().contains("runc 1.1.5+ds1 is older"));
    assertTrue(warning("runc", "1.2.7").isPresent());
    assertEquals(Optional.empty(), warning("runc", "1.2.8"));
    assertEquals(Optional.empty(), warning("runc", "1.10.0"));
    assertEquals(Optional.empty(), warning("crun", "1.8.1"));
  }

  private static Optional<String> warning(String name, String version) {
    return KnownEscapes.of(new Found(name, Path.of("/usr/sbin", name), version));
  }
}
