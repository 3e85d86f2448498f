package argosy.engine.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import argosy.engine.disk.Json;
import argosy.engine.dockerfile.Dockerfile;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StageStateTest {
  private static StageState stage(String config, Map<String, String> given) {
    try {
      return new StageState(
          '\\',
          (ObjectNode) Json.mapper().readTree(config),
          new Arguments(given, Map.of("VERSION", "9")));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static StageState stage() {
    return stage("{}", Map.of());
  }

  private static Deed decide(StageState stage, String line) {
    return stage.decide(Dockerfile.trigger(line).instruction());
  }

  @Test
  void aCommandSeesTheEnvironmentAndTheArguments() {
    var stage = stage("{\"Env\":[\"PATH=/bin\"]}", Map.of("A", "1", "http_proxy", "p:1"));
    decide(stage, "ARG A=0 B=$A VERSION");
    decide(stage, "ENV B=env");
    var run = assertInstanceOf(Deed.Run.class, decide(stage, "RUN echo $A"));
    assertEquals(List.of("/bin/sh", "-c", "echo $A"), run.command());
    assertEquals(
        List.of("PATH=/bin", "B=env", "A=1", "VERSION=9", "http_proxy=p:1"), run.environment());
    assertEquals("|2 A=1 VERSION=9 /bin/sh -c echo $A", run.createdBy());
    assertEquals("{\"Env\":[\"PATH=/bin\",\"B=env\"]}", stage.config().toString());
  }

  @Test
  void historyReadsAsDockersDoes() {
    var stage = stage();
    var lines =
        List.of(
                "ENV A=b C=\"d e\"",
                "CMD [\"sh\"]",
                "ENTRYPOINT top -b",
                "WORKDIR /x",
                "WORKDIR y",
                "LABEL l=$A",
                "EXPOSE 80 81",
                "VOLUME /v /w",
                "USER me",
                "STOPSIGNAL SIGINT",
                "ONBUILD RUN a",
                "SHELL [\"/bin/ash\", \"-ec\"]",
                "ARG Z=1",
                "CMD echo \"a\"",
                "HEALTHCHECK --interval=90s --start-interval=1.5s --retries=3 CMD a b",
                "HEALTHCHECK NONE")
            .stream()
            .map(line -> decide(stage, line).createdBy())
            .toList();
    assertEquals(
        List.of(
            "/bin/sh -c #(nop)  ENV A=b C=d e",
            "/bin/sh -c #(nop)  CMD [\"sh\"]",
            "/bin/sh -c #(nop)  ENTRYPOINT [\"/bin/sh\" \"-c\" \"top -b\"]",
            "/bin/sh -c #(nop) WORKDIR /x",
            "/bin/sh -c #(nop) WORKDIR /x/y",
            "/bin/sh -c #(nop)  LABEL l=b",
            "/bin/sh -c #(nop)  EXPOSE 80 81",
            "/bin/sh -c #(nop)  VOLUME [/v /w]",
            "/bin/sh -c #(nop)  USER me",
            "/bin/sh -c #(nop)  STOPSIGNAL SIGINT",
            "/bin/sh -c #(nop)  ONBUILD RUN a",
            "/bin/ash -ec #(nop)  SHELL [/bin/ash -ec]",
            "/bin/ash -ec #(nop)  ARG Z=1",
            "/bin/ash -ec #(nop)  CMD [\"/bin/ash\" \"-ec\" \"echo \\\"a\\\"\"]",
            "/bin/ash -ec #(nop)  HEALTHCHECK &{[\"CMD-SHELL\" \"a b\"] \"1m30s\" \"0s\" \"0s\" \"1.5s\" '\\x03'}",
            "/bin/ash -ec #(nop)  HEALTHCHECK &{[\"NONE\"] \"0s\" \"0s\" \"0s\" \"0s\" '\\x00'}"),
        lines);
  }

  @Test
  void anEntryPointDropsTheBaseImagesCommandOnly() {
    var inherited = stage("{\"Cmd\":[\"sh\"]}", Map.of());
    decide(inherited, "ENTRYPOINT [\"a\"]");
    assertEquals("{\"Entrypoint\":[\"a\"]}", inherited.config().toString());
    var own = stage("{\"Cmd\":[\"sh\"]}", Map.of());
    decide(own, "CMD [\"b\"]");
    decide(own, "ENTRYPOINT [\"a\"]");
    assertEquals("{\"Cmd\":[\"b\"],\"Entrypoint\":[\"a\"]}", own.config().toString());
  }

  @Test
  void copiesGoToTheWorkingDirectory() {
    var stage = stage();
    decide(stage, "WORKDIR /w");
    decide(stage, "ARG D=to");
    assertEquals("/w/to/", copy(stage, "COPY a b $D/"));
    assertEquals("/w/", copy(stage, "COPY a ."));
    assertEquals("/abs", copy(stage, "COPY a /abs"));
    assertEquals("/", copy(stage, "ADD a /"));
  }

  private static String copy(StageState stage, String line) {
    return assertInstanceOf(Deed.Copy.class, decide(stage, line)).destination();
  }

  @Test
  void aHeredocIsAScript() {
    var stage = stage();
    var script = assertInstanceOf(Deed.Run.class, decide(stage, "RUN <<EOF\necho a\necho b\nEOF"));
    assertEquals(List.of("/bin/sh", "-c", "echo a\necho b\n"), script.command());
    var piped = assertInstanceOf(Deed.Run.class, decide(stage, "RUN cat <<EOF >/x\na\nEOF"));
    assertEquals(List.of("/bin/sh", "-c", "cat <<EOF >/x\na\nEOF\n"), piped.command());
  }

  @Test
  void whatNeedsBuildKitIsRefusedInASentence() {
    var refused =
        assertThrows(Refused.class, () -> decide(stage(), "RUN --mount=type=secret,id=s make"));
    assertInstanceOf(Failure.NotImplemented.class, refused.failure());
  }
}
