package argosy.engine.image.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import argosy.engine.image.CommitOrder;
import argosy.engine.image.ImageConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConfigMergeTest {
  private static final ImageConfig OWN =
      new ImageConfig(
          "bob",
          Set.of("80/tcp"),
          List.of("A=1", "B=2"),
          null,
          List.of("run"),
          Set.of("/v"),
          "/w",
          Map.of("own", "1"),
          null,
          List.of(),
          List.of(),
          null);

  private static String merged(@Nullable ImageConfig asked, String... changes) {
    var order =
        new CommitOrder("", "", "", "", "", "", OWN, asked, List.of(changes), out -> out.write(0));
    return ConfigMerge.of(order).toString();
  }

  @Test
  void without_wishes_it_is_the_containers_own() {
    assertEquals(
        "{\"User\":\"bob\",\"ExposedPorts\":{\"80/tcp\":{}},\"Env\":[\"A=1\",\"B=2\"],"
            + "\"Cmd\":[\"run\"],\"Volumes\":{\"/v\":{}},\"WorkingDir\":\"/w\","
            + "\"Labels\":{\"own\":\"1\"}}",
        merged(null));
  }

  @Test
  void lines_change_it_in_order() {
    assertEquals(
        "{\"User\":\"eve\",\"ExposedPorts\":{\"80/tcp\":{},\"81/tcp\":{}},"
            + "\"Env\":[\"A=3\",\"B=2\"],\"Cmd\":[\"run\"],"
            + "\"Volumes\":{\"/v\":{}},\"WorkingDir\":\"/w/x\",\"Labels\":{\"own\":\"2\"}}",
        merged(null, "USER eve", "EXPOSE 81", "ENV A=3", "WORKDIR x", "LABEL own=2"));
  }

  @Test
  void what_is_asked_instead_takes_the_rest_from_the_container() {
    var asked =
        new ImageConfig(
            "",
            Set.of(),
            List.of("B=9"),
            null,
            List.of("other"),
            Set.of(),
            "",
            Map.of("q", "r"),
            null,
            List.of(),
            List.of(),
            null);
    assertEquals(
        "{\"User\":\"bob\",\"ExposedPorts\":{\"80/tcp\":{}},\"Env\":[\"B=9\",\"A=1\"],"
            + "\"Cmd\":[\"other\"],\"Volumes\":{\"/v\":{}},\"WorkingDir\":\"/w\","
            + "\"Labels\":{\"own\":\"1\",\"q\":\"r\"}}",
        merged(asked));
  }
}
