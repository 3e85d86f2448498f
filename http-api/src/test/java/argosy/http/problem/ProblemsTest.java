package argosy.http.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.failure.Failure;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemsTest {
  @ParameterizedTest
  @CsvSource({
    "NotModified,304",
    "Invalid,400",
    "Unauthorized,401",
    "Forbidden,403",
    "NotFound,404",
    "Conflict,409",
    "Internal,500",
    "NotImplemented,501",
    "Unavailable,503"
  })
  void every_kind_has_dockers_status(String kind, int status) throws ReflectiveOperationException {
    var failure =
        (Failure)
            Class.forName("argosy.engine.failure.Failure$" + kind)
                .getConstructor(String.class)
                .newInstance("a sentence");
    assertEquals(status, Problems.response(failure).status().intValue());
  }

  @Test
  void the_body_is_the_message_and_a_newline() {
    var response = Problems.response(Failure.noSuchContainer("nope"));
    assertEquals("{\"message\":\"No such container: nope\"}\n", body(response));
    assertEquals("application/json", response.entity().getContentType().toString());
  }

  @Test
  void quotes_are_escaped() {
    assertEquals(
        "{\"message\":\"name \\\"/x\\\"\"}\n",
        body(Problems.response(new Failure.Conflict("name \"/x\""))));
  }

  @Test
  void not_modified_has_no_body() {
    assertTrue(Problems.response(new Failure.NotModified("running")).entity().isKnownEmpty());
  }

  @Test
  void an_unknown_path_is_a_page_that_is_not_found() {
    assertEquals(404, Problems.pageNotFound().status().intValue());
    assertEquals("{\"message\":\"page not found\"}\n", body(Problems.pageNotFound()));
  }

  private static String body(HttpResponse response) {
    return ((HttpEntity.Strict) response.entity()).getData().utf8String();
  }
}
