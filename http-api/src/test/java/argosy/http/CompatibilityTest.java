package argosy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import argosy.engine.failure.Failure;
import argosy.http.system.Unbuilt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The README's table is what the code answers. After a change: {@code mvn -pl http-api -am test
 * -Dtest=CompatibilityTest -Dsurefire.failIfNoSpecifiedTests=false -Dreadme=write}.
 */
class CompatibilityTest {
  private static final Path README = Path.of("..", "README.md");
  private static final String BEGIN = "<!-- compatibility:begin -->\n";
  private static final String END = "<!-- compatibility:end -->";

  @Test
  void every_line_of_dockers_is_answered() {
    var unanswered =
        Compatibility.docker().stream()
            .filter(line -> Compatibility.works(line).isEmpty())
            .filter(line -> Compatibility.missing(line).isEmpty())
            .toList();
    assertEquals(List.of(), unanswered);
  }

  @Test
  void no_line_both_works_and_does_not() {
    var built = Routes.built(InstantSource.system(), "");
    var both =
        Unbuilt.all().stream()
            .filter(missing ->
                built.stream()
                    .anyMatch(each ->
                        each.method().equals(missing.method())
                            && each.path().equals(missing.path())))
            .toList();
    assertEquals(List.of(), both);
  }

  @Test
  void what_is_missing_is_said_in_one_sentence() {
    for (var missing : Unbuilt.all()) {
      assertTrue(
          missing.failure() instanceof Failure.NotImplemented
              || missing.failure() instanceof Failure.Unavailable,
          missing.path());
      assertTrue(missing.failure().message().length() > 20, missing.path());
    }
  }

  @Test
  void the_readme_says_what_is_so() throws IOException {
    assumeTrue(Files.exists(README));
    String text = Files.readString(README);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    assumeTrue(begin >= 0 && end > begin);
    begin += BEGIN.length();
    if ("write".equals(System.getProperty("readme"))) {
      text = text.substring(0, begin) + Compatibility.table() + text.substring(end);
      Files.writeString(README, text);
      end = text.indexOf(END);
    }
    assertEquals(Compatibility.table(), text.substring(begin, end));
  }
}
