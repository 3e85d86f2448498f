package argosy.engine.build.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import argosy.engine.failure.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IgnoreTest {
  @ParameterizedTest
  @CsvSource({
    "a, a, true",
    "a, a/b/c, true",
    "a, b/a, false",
    "**/a, b/a, true",
    "**/a, a, true",
    "*.md, README.md, true",
    "*.md, docs/README.md, false",
    "**/*.md, docs/x/README.md, true",
    "/a/, a, true",
    "./a, a, true",
    "a/../b, b, true",
    "a?c, abc, true",
    "a?c, a/c, false",
    "[a-c]x, bx, true",
    "[^a-c]x, bx, false",
    "a\\*, a*, true",
    "a\\*, ab, false",
    "a/**, a, false",
    "a/**, a/b, true",
    "*, a/b, true"
  })
  void aLineLeavesPathsOut(String line, String path, boolean out) {
    assertEquals(out, Ignore.parse(line).leavesOut(path));
  }

  @Test
  void theLastLineThatSpeaksOfAPathDecides() {
    var ignore = Ignore.parse("# all but\n*\n!src\nsrc/secret\n!src/secret/open");
    assertEquals(true, ignore.leavesOut("doc"));
    assertFalse(ignore.leavesOut("src/Main.java"));
    assertEquals(true, ignore.leavesOut("src/secret/key"));
    assertFalse(ignore.leavesOut("src/secret/open"));
  }

  @Test
  void anOpenBracketIsRefused() {
    assertThrows(Refused.class, () -> Ignore.parse("a[b"));
  }
}
