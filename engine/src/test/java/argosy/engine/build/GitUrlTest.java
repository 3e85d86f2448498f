package argosy.engine.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.failure.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitUrlTest {
  @ParameterizedTest
  @CsvSource({
    "https://h/x.git, https://h/x.git, HEAD, ''",
    "https://h/x.git#v1, https://h/x.git, v1, ''",
    "https://h/x.git#v1:a/b, https://h/x.git, v1, a/b",
    "https://h/x.git#:a, https://h/x.git, HEAD, a",
    "git@h:u/x.git#b, git@h:u/x.git, b, ''",
    "git://h/x, git://h/x, HEAD, ''",
    "github.com/u/x, https://github.com/u/x, HEAD, ''"
  })
  void a_repository_is_read(String text, String repository, String ref, String directory) {
    assertEquals(new GitUrl(repository, ref, directory), GitUrl.of(text).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://h/x.tar", "f", "d/x.git", "http://h/x.git/file"})
  void other_sources_are_none(String text) {
    assertTrue(GitUrl.of(text).isEmpty());
  }

  @Test
  void a_reference_is_no_option() {
    assertThrows(Refused.class, () -> GitUrl.of("https://h/x.git#--upload-pack=x"));
  }
}
