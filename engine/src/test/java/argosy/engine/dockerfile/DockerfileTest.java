package argosy.engine.dockerfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.dockerfile.Instruction.Command;
import argosy.engine.dockerfile.Instruction.Pair;
import argosy.engine.failure.Refused;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerfileTest {
  private static Instruction only(String line) {
    return Dockerfile.parse("FROM a\n" + line).stages().getFirst().steps().getFirst().instruction();
  }

  private static String problem(String text) {
    return assertThrows(Refused.class, () -> Dockerfile.parse(text)).failure().message();
  }

  @Test
  void stagesHaveNamesAndNumbersAndSeeTheGlobals() {
    var file =
        Dockerfile.parse(
            """
            # syntax=docker/dockerfile:1
            ARG TAG=1
            FROM --platform=linux/amd64 busybox:$TAG AS Base
            RUN a
            FROM base
            COPY --from=0 /a /b
            """);
    assertEquals(1, file.globals().size());
    assertEquals(2, file.stages().size());
    assertEquals(
        new Instruction.From("busybox:$TAG", "linux/amd64", "base"), file.stages().get(0).from());
    assertEquals(file.stages().get(0), file.earlier(file.stages().get(1), "BASE").orElseThrow());
    assertEquals(file.stages().get(0), file.earlier(file.stages().get(1), "0").orElseThrow());
    assertTrue(file.earlier(file.stages().get(0), "base").isEmpty());
    assertEquals(file.stages().get(1), file.target("").orElseThrow());
    assertEquals(file.stages().get(0), file.target("base").orElseThrow());
  }

  @Test
  void linesGoOnPastCommentsAndEmptyLines() {
    var step =
        Dockerfile.parse("FROM a\n\n  run one \\\n# said between\n\n   two \\  \nthree\nCMD x")
            .stages()
            .getFirst()
            .steps()
            .getFirst();
    assertEquals(3, step.line());
    assertEquals("run one    two three", step.text());
  }

  @Test
  void aBacktickEscapesWhereADirectiveSaysSo() {
    var file = Dockerfile.parse("# escape=`\nFROM a\nRUN one `\n two\nRUN c:\\\n");
    assertEquals('`', file.escape());
    assertEquals("RUN one  two", file.stages().getFirst().steps().get(0).text());
    assertEquals("RUN c:\\", file.stages().getFirst().steps().get(1).text());
  }

  @Test
  void aDirectiveAfterACommentIsAComment() {
    assertEquals('\\', Dockerfile.parse("# hello\n# escape=`\nFROM a\n").escape());
  }

  @Test
  void commandsAreInExecOrShellForm() {
    assertEquals(
        new Instruction.Cmd(new Command(true, List.of("a", "b c"))), only("CMD [\"a\", \"b c\"]"));
    assertEquals(new Instruction.Cmd(new Command(false, List.of("['a']"))), only("CMD ['a']"));
    assertEquals(
        new Instruction.Entrypoint(new Command(false, List.of("exec top -b"))),
        only("ENTRYPOINT exec top -b"));
  }

  @Test
  void pairsKeepTheirQuotesForTheExpansion() {
    assertEquals(
        new Instruction.Env(List.of(new Pair("a", "\"x y\""), new Pair("b", "c\\ d"))),
        only("ENV a=\"x y\" b=c\\ d"));
    assertEquals(new Instruction.Env(List.of(new Pair("a", "b c=d"))), only("ENV a   b c=d"));
    assertEquals(
        new Instruction.Arg(List.of(new Pair("a", null), new Pair("b", "1"))), only("ARG a b=1"));
  }

  @Test
  void copyKnowsItsFlagsAndWords() {
    var copy =
        assertInstanceOf(Instruction.Copy.class, only("COPY --from=x --chown=1:2 --link a b /c/"));
    assertEquals("x", copy.from());
    assertEquals(List.of("a", "b"), copy.sources());
    assertEquals("/c/", copy.destination());
    assertEquals(Map.of("chown", List.of("1:2"), "link", List.of("true")), copy.flags());
    var array = assertInstanceOf(Instruction.Copy.class, only("ADD [\"a b\", \"/c d\"]"));
    assertTrue(array.add());
    assertNull(array.from());
    assertEquals(List.of("a b"), array.sources());
  }

  @Test
  void heredocsFollowTheirLine() {
    var run =
        assertInstanceOf(
            Instruction.Run.class, only("RUN <<EOF cat\n  a $b\n\tEOF\nEOF\nRUN other"));
    assertEquals(List.of(new Heredoc("EOF", "  a $b\n\tEOF\n", true, false)), run.heredocs());
    var copy =
        assertInstanceOf(
            Instruction.Copy.class, only("COPY <<-'one' <<two x /d/\n\ta\n\tone\nb\ntwo"));
    assertEquals(List.of("x"), copy.sources());
    assertEquals(
        List.of(new Heredoc("one", "a\n", false, true), new Heredoc("two", "b\n", true, false)),
        copy.heredocs());
  }

  @Test
  void healthChecksTakeFlagsOrNone() {
    assertEquals(Instruction.Healthcheck.NONE, only("HEALTHCHECK NONE"));
    assertEquals(
        new Instruction.Healthcheck(
            new Command(false, List.of("wget -q localhost")),
            Duration.ofMillis(90_500),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            4),
        only("HEALTHCHECK --interval=1m30.5s --retries=4 CMD wget -q localhost"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FOO bar | dockerfile parse error on line 2: unknown instruction: FOO",
        "RUN | dockerfile parse error on line 2: RUN requires at least one argument",
        "FROM a b | dockerfile parse error on line 2: FROM requires either one or three arguments",
        "COPY a | dockerfile parse error on line 2: COPY requires at least two arguments, but only one was provided. Destination could not be determined",
        "COPY --chwn=1 a b | dockerfile parse error on line 2: unknown flag: --chwn",
        "ENV a | dockerfile parse error on line 2: ENV must have two arguments",
        "LABEL a=b c | dockerfile parse error on line 2: Syntax error - can't find = in \"c\". Must be of the form: name=value",
        "SHELL a | dockerfile parse error on line 2: SHELL requires the arguments to be in JSON form",
        "ONBUILD FROM a | dockerfile parse error on line 2: FROM isn't allowed as an ONBUILD trigger",
        "HEALTHCHECK FOO a | dockerfile parse error on line 2: Unknown type \"FOO\" in HEALTHCHECK (try CMD)",
        "HEALTHCHECK --interval=x CMD a | dockerfile parse error on line 2: time: invalid duration \"x\"",
        "HEALTHCHECK --retries=-1 CMD a | dockerfile parse error on line 2: --retries cannot be negative (-1)",
        "RUN <<E | dockerfile parse error on line 2: unterminated heredoc: no line is just E"
      })
  void mistakesNameTheirLine(String line, String sentence) {
    assertEquals(sentence, problem("FROM a\n" + line));
  }

  @Test
  void aFileNeedsAStage() {
    assertEquals("failed to parse Dockerfile: file with no instructions", problem("# nothing\n"));
    assertEquals("no build stage in current context", problem("ARG a\n"));
    assertEquals("no build stage in current context", problem("RUN a\nFROM b"));
  }
}
