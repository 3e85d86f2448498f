package argosy.engine.build.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import argosy.engine.failure.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPatternTest {
  @ParameterizedTest
  @CsvSource({
    "a, a, true",
    "a, a/b, false",
    "**/a, b/a, true",
    "**/a, a, true",
    "*.md, README.md, true",
    "*.md, docs/README.md, false",
    "a?c, abc, true",
    "a?c, a/c, false",
    "[a-c]x, bx, true",
    "[^a-c]x, bx, false",
    "a\\*, a*, true",
    "a\\*, ab, false",
    "a/**, a, false",
    "a/**, a/b, true"
  })
  void matches_as_go_does(String pattern, String path, boolean matches) {
    assertEquals(matches, PathPattern.of(pattern).matches(path));
  }

  @Test
  void an_open_bracket_is_refused() {
    assertThrows(Refused.class, () -> PathPattern.of("a[b"));
  }
}
