package argosy.engine.image.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import argosy.engine.failure.Refused;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlatformTest {
  private static final Platform AMD64 = new Platform("linux", "amd64", "");
  private static final Platform ARM64 = new Platform("linux", "arm64", "v8");
  private static final Platform ARM_V6 = new Platform("linux", "arm", "v6");

  @Test
  void reads_the_names_people_use() {
    assertEquals(AMD64, Platform.parse("linux/x86_64"));
    assertEquals(ARM64, Platform.parse("linux/aarch64"));
    assertEquals(ARM64, Platform.parse("arm64"));
    assertEquals(new Platform("linux", "arm", "v7"), Platform.parse("linux/armhf"));
    assertEquals(ARM_V6, Platform.parse("linux/arm/v6"));
    assertThrows(Refused.class, () -> Platform.parse("linux/a/b/c"));
    assertThrows(Refused.class, () -> Platform.parse(""));
  }

  @Test
  void takes_the_exact_one_before_one_that_runs_too() {
    var armV7 = Platform.parse("linux/arm/v7");
    assertEquals(Optional.of(armV7), armV7.choose(List.of(ARM_V6, armV7)));
    assertEquals(Optional.of(ARM_V6), armV7.choose(List.of(AMD64, ARM_V6)));
    assertEquals(Optional.empty(), ARM_V6.choose(List.of(armV7, ARM64)));
    assertEquals(Optional.empty(), AMD64.choose(List.of(new Platform("windows", "amd64", ""))));
  }
}
