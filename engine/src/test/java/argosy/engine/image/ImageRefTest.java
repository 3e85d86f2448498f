package argosy.engine.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import argosy.engine.failure.Refused;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageRefTest {
  private static final String DIGEST =
      "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  @ParameterizedTest
  @CsvSource({
    "busybox, docker.io/library/busybox:latest, busybox:latest",
    "busybox:1.36, docker.io/library/busybox:1.36, busybox:1.36",
    "docker.io/busybox, docker.io/library/busybox:latest, busybox:latest",
    "index.docker.io/library/busybox, docker.io/library/busybox:latest, busybox:latest",
    "me/app, docker.io/me/app:latest, me/app:latest",
    "library/me/app, docker.io/library/me/app:latest, library/me/app:latest",
    "localhost/app, localhost/app:latest, localhost/app:latest",
    "127.0.0.1:5000/busybox, 127.0.0.1:5000/busybox:latest, 127.0.0.1:5000/busybox:latest",
    "'[::1]:5000/a/b:c', '[::1]:5000/a/b:c', '[::1]:5000/a/b:c'",
    "example.org/a/b_c.d-e/f__g:V1.2, example.org/a/b_c.d-e/f__g:V1.2, example.org/a/b_c.d-e/f__g:V1.2",
  })
  void reads_what_users_write(String written, String canonical, String familiar) {
    var name = ImageRef.parse(written).tagged();
    assertEquals(canonical, name.canonical());
    assertEquals(familiar, name.familiar());
    assertEquals(name, ImageRef.parse(name.canonical()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"busybox@" + DIGEST, "busybox:1@" + DIGEST})
  void wants_the_digest_where_there_is_one(String written) {
    var name = ImageRef.parse(written).tagged();
    assertEquals(DIGEST, name.wanted());
    assertEquals(written, name.familiar());
  }

  @ParameterizedTest
  @CsvSource({
    "'', invalid reference format",
    "'a b', invalid reference format",
    "a:, invalid reference format",
    "':tag', invalid reference format",
    "a//b, invalid reference format",
    "-a, invalid reference format",
    "../a, invalid reference format",
    "a:b:c, invalid reference format",
    "a@sha256:12, invalid reference format",
    "example.org/Foo, invalid reference format: repository name (Foo) must be lowercase",
    "Foo, invalid reference format: repository name (library/Foo) must be lowercase",
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef, 'invalid repository name (0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef), cannot specify 64-byte hexadecimal strings'",
  })
  void refuses_the_rest_in_dockers_words(String written, String sentence) {
    var refused = assertThrows(Refused.class, () -> ImageRef.parse(written));
    assertEquals(sentence, refused.getMessage());
  }
}
