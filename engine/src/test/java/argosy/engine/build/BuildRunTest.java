package argosy.engine.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.build.BuildOptions.Keep;
import argosy.engine.build.BuildOptions.Limits;
import argosy.engine.dockerfile.Dockerfile;
import argosy.engine.failure.Refused;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class BuildRunTest {
  private final FakeWorkshop workshop = new FakeWorkshop().with("base", "{}").with("other", "{}");
  private final List<String> text = new CopyOnWriteArrayList<>();

  private static BuildOptions options(
      Map<String, String> arguments, String target, Map<String, String> labels, boolean cache) {
    return new BuildOptions(
        "",
        "Dockerfile",
        List.of("me:1"),
        arguments,
        labels,
        target,
        cache,
        List.of(),
        false,
        Keep.FAILED,
        null,
        Limits.NONE,
        Map.of());
  }

  private static final BuildOptions PLAIN = options(Map.of(), "", Map.of(), true);

  private String build(String file, BuildOptions options) throws InterruptedException {
    text.clear();
    new BuildRun(
            Dockerfile.parse(file),
            options,
            workshop,
            line -> {
              if (line instanceof BuildLine.Text(var said)) {
                text.add(said);
              }
            })
        .build();
    return Objects.requireNonNull(workshop.tags.get("me:1"), "no image was named");
  }

  @Test
  void tells_what_it_does_as_docker_does() throws InterruptedException {
    String id = build("ARG V=base\nFROM $V\nENV A=1\nRUN make\n", PLAIN).substring(7, 19);
    assertEquals("Step 1/4 : ARG V=base\n", text.get(0));
    assertEquals("Step 2/4 : FROM $V\n", text.get(1));
    assertEquals(" ---> base\n", text.get(2));
    assertEquals("Step 3/4 : ENV A=1\n", text.get(3));
    assertEquals("Step 4/4 : RUN make\n", text.get(5));
    assertEquals(" ---> " + id + "\n", text.get(6));
    assertEquals("Successfully built " + id + "\n", text.get(7));
    assertEquals("Successfully tagged me:1\n", text.get(8));
    assertEquals(List.of("configure", "run make"), workshop.deeds);
  }

  @Test
  void the_same_again_is_taken_from_the_cache_up_to_the_first_difference()
      throws InterruptedException {
    String first = build("FROM base\nENV A=1\nRUN make\n", PLAIN);
    workshop.deeds.clear();
    assertEquals(first, build("FROM base\nENV A=1\nRUN make\n", PLAIN));
    assertEquals(List.of(), workshop.deeds);
    assertTrue(text.contains(" ---> Using cache\n"));
    build("FROM base\nENV A=2\nRUN make\n", PLAIN);
    assertEquals(List.of("configure", "run make"), workshop.deeds);
    workshop.deeds.clear();
    build("FROM base\nENV A=1\nRUN make\n", options(Map.of(), "", Map.of(), false));
    assertEquals(List.of("configure", "run make"), workshop.deeds);
  }

  @Test
  void another_argument_is_another_command() throws InterruptedException {
    String file = "FROM base\nARG A\nRUN make\n";
    build(file, options(Map.of("A", "1"), "", Map.of(), true));
    workshop.deeds.clear();
    build(file, options(Map.of("A", "2"), "", Map.of(), true));
    assertEquals(List.of("run make"), workshop.deeds);
  }

  @Test
  void only_stages_that_are_needed_are_built() throws InterruptedException {
    String file =
        "FROM base AS a\nRUN a\nFROM other AS b\nRUN b\nFROM base AS c\nCOPY --from=a /x /y\n";
    build(file, PLAIN);
    assertEquals(2, workshop.deeds.size());
    assertEquals("run a", workshop.deeds.get(0));
    assertTrue(workshop.deeds.get(1).matches("copy [0-9a-f]{12}:\\[/x] to /y"));
    workshop.deeds.clear();
    build(file, options(Map.of(), "B", Map.of(), true));
    assertEquals(List.of("run b"), workshop.deeds);
  }

  @Test
  void a_stage_that_fails_ends_those_beside_it() {
    var refused =
        assertThrows(
            Refused.class,
            () ->
                build(
                    "FROM base AS a\nRUN hang\nFROM other AS b\nRUN fail\nFROM base\nCOPY --from=a /x /y\nCOPY --from=b /x /y",
                    PLAIN));
    assertEquals("The command '/bin/sh -c fail' returned a non-zero code: 1", refused.getMessage());
    assertEquals(List.of(), workshop.deeds);
  }

  @Test
  void triggers_of_the_base_come_first_and_are_not_inherited() throws InterruptedException {
    workshop.with("trig", "{\"OnBuild\":[\"RUN one\",\"ENV T=1\"]}");
    build("FROM trig\nRUN two\n", PLAIN);
    assertEquals(List.of("run one", "configure", "run two"), workshop.deeds);
    assertTrue(text.contains("# Executing 2 build triggers\n"));
    workshop.deeds.clear();
  }

  @Test
  void labels_are_a_last_step_and_arguments_nobody_took_are_told() throws InterruptedException {
    build("FROM base\nRUN a\n", options(Map.of("Z", "1"), "", Map.of("k", "v $x"), true));
    assertTrue(text.contains("Step 3/3 : LABEL k=v $x\n"));
    assertTrue(text.contains("[Warning] One or more build-args [Z] were not consumed\n"));
  }

  @Test
  void what_can_not_be_built_is_said() {
    assertEquals(
        "failed to reach build target x in Dockerfile",
        refusal("FROM base\n", options(Map.of(), "x", Map.of(), true)));
    assertEquals(
        "No image was generated. Is your Dockerfile empty?", refusal("FROM scratch\n", PLAIN));
    assertEquals("no image nope", refusal("FROM nope\n", PLAIN));
    assertEquals(
        "invalid from flag value nope: no image nope",
        refusal("FROM base\nCOPY --from=nope a b\n", PLAIN));
  }

  @Test
  void a_signal_that_is_none_is_said() {
    assertEquals("Invalid signal: FOO", refusal("FROM base\nSTOPSIGNAL FOO\n", PLAIN));
  }

  private String refusal(String file, BuildOptions options) {
    return assertThrows(Refused.class, () -> build(file, options)).failure().message();
  }
}
