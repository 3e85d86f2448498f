package argosy.engine.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import argosy.engine.failure.Refused;
import argosy.engine.image.ImageConfig;
import argosy.engine.spec.ContainerSpec;
import argosy.engine.spec.ContainerSpec.RestartPolicy;
import argosy.engine.spec.Port;
import argosy.engine.spec.ProcessSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DefaultsTest {
  private static final String ID = "0123456789abcdef".repeat(4);
  private static final ImageConfig IMAGE =
      new ImageConfig(
          "web",
          Set.of("80/tcp", "53/udp"),
          List.of("PATH=/bin", "MODE=image"),
          List.of("/entry"),
          List.of("serve"),
          Set.of("/data"),
          "/srv",
          Map.of("tier", "image", "made", "by-image"),
          "SIGINT",
          List.of(),
          List.of(),
          null);

  private static ContainerSpec spec(
      @Nullable List<String> entrypoint, @Nullable List<String> cmd, String... env) {
    return Specs.spec(
        new ProcessSpec(
            entrypoint, cmd, List.of(env), "", List.of(), "", Specs.PLAIN, null, null, null),
        Specs.STORAGE,
        RestartPolicy.NONE,
        false);
  }

  private static List<String> arguments(
      @Nullable List<String> entrypoint, @Nullable List<String> cmd) {
    return Defaults.over(IMAGE, spec(entrypoint, cmd), ID).process().arguments();
  }

  @Test
  void entry_point_and_command_merge_as_docker_does() {
    assertEquals(List.of("/entry", "serve"), arguments(null, null));
    assertEquals(List.of("/entry", "sh"), arguments(null, List.of("sh")));
    assertEquals(List.of("/own"), arguments(List.of("/own"), null));
    assertEquals(List.of("/own", "x"), arguments(List.of("/own"), List.of("x")));
    assertEquals(List.of("sh"), arguments(List.of(""), List.of("sh")));
    assertThrows(Refused.class, () -> arguments(List.of(""), null));
  }

  @Test
  void the_rest_is_filled_in() {
    var full = Defaults.over(IMAGE, spec(null, null, "MODE=user", "X"), ID);
    assertEquals(List.of("MODE=user", "X", "PATH=/bin"), full.process().env());
    assertEquals("web", full.process().user());
    assertEquals("/srv", full.process().workingDir());
    assertEquals("SIGINT", full.process().stopSignal());
    assertEquals(Map.of("tier", "web", "made", "by-image"), full.identity().labels());
    assertEquals("0123456789ab", full.identity().hostname());
    assertEquals(Set.of("/data"), full.storage().anonymousVolumes());
    assertEquals(Set.of(new Port(80, "tcp"), new Port(53, "udp")), full.network().exposed());
    assertEquals("json-file", full.log().driver());
  }
}
