package argosy.http.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.http.endpoint.Call.View;
import argosy.http.version.ApiVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
  private static Target good(String raw) {
    return good(View.HOST, raw);
  }

  private static Target good(View base, String raw) {
    return switch (Target.parse(base, raw)) {
      case Outcome.Ok<Target>(var target) -> target;
      case Outcome.Failed<Target>(var failure) -> throw new AssertionError(failure.message());
    };
  }

  private static Failure bad(String raw) {
    return switch (Target.parse(View.HOST, raw)) {
      case Outcome.Ok<Target>(var target) -> throw new AssertionError(target.toString());
      case Outcome.Failed<Target>(var failure) -> failure;
    };
  }

  @Test
  void a_plain_path_is_about_this_host() {
    assertEquals(
        new Target(View.HOST, "", "", ApiVersion.NEWEST, "/containers/json", "all=1"),
        good("/containers/json?all=1"));
    assertEquals(
        new Target(View.HOST, "", "/v1.41", new ApiVersion(1, 41), "/info", ""),
        good("/v1.41/info"));
  }

  @Test
  void a_base_names_another_view() {
    assertEquals(
        new Target(View.NODE, "n 3", "/v1.41", new ApiVersion(1, 41), "/info", ""),
        good("/node/n%203/v1.41/info"));
    assertEquals(
        new Target(View.CLUSTER, "", "", ApiVersion.NEWEST, "/_ping", ""), good("/cluster/_ping"));
    assertEquals(View.CLUSTER, good(View.CLUSTER, "/info").view());
    assertEquals(View.NODE, good(View.CLUSTER, "/node/a/info").view());
  }

  @Test
  void the_plain_request_has_version_and_query_but_no_base() {
    assertEquals(
        "/v1.41/containers/a%2Fb/json?size=1&x=%20",
        good("/node/n3/v1.41/containers/a%2Fb/json?size=1&x=%20").plain());
    assertEquals("/_ping", good("http://host:1/cluster/_ping").plain());
  }

  /** Digits and dots are a version, as in dockerd's router; all else is a path. */
  @ParameterizedTest
  @CsvSource({
    "1.24, 1.24",
    "1.41, 1.41",
    "01.041, 1.41",
    "1.41., 1.41",
    "1.41.7, 1.41",
    "1.51, 1.51",
    "1.52, new",
    "1.99, new",
    "1.99999999999, new",
    "2.0, new",
    "99999999999.1, new",
    "1.23, old",
    "1.1, old",
    "1, old",
    "1., old",
    ".41, old",
    "., old",
    "0.99, old",
    "x, none",
    "1.41x, none",
    "-1.41, none",
    "1_41, none",
  })
  void versions(String asked, String answer) {
    for (String base : List.of("", "/cluster", "/node/n3")) {
      String raw = base + "/v" + asked + "/info";
      switch (answer) {
        case "new" ->
            assertEquals(
                new Failure.Invalid(
                    "client version %s is too new. Maximum supported API version is %s"
                        .formatted(asked, ApiVersion.NEWEST)),
                bad(raw));
        case "old" ->
            assertEquals(
                new Failure.Invalid(
                    "client version %s is too old. Minimum supported API version is 1.24, please upgrade your client to a newer version"
                        .formatted(asked)),
                bad(raw));
        case "none" -> assertEquals("/v" + asked + "/info", good(raw).path());
        default -> {
          assertEquals(ApiVersion.parse(answer), good(raw).version());
          assertEquals("/info", good(raw).path());
        }
      }
    }
  }

  @Test
  void needless_escapes_are_none_and_an_escaped_slash_stays_one() {
    assertEquals("/_ping", good("/%5fping").path());
    assertEquals("/containers/a%2Fb%20c~/json", good("/containers/a%2Fb%20c%7e/json").path());
    assertEquals("/x%zz", good("/x%zz").path());
  }

  @ParameterizedTest
  @CsvSource({
    "//v1.41//info?a=//b, /v1.41/info?a=//b",
    "/v1.41/../info, /info",
    "/v1.41/./_ping, /v1.41/_ping",
    "/a//b/, /a/b/",
    "/../.., /",
    "//, /",
  })
  void a_path_that_is_not_clean_is_sent_to_the_clean_one(String raw, String clean) {
    assertEquals(Optional.of(clean), CleanPath.of(raw));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/_ping", "/", "/_ping/", "/containers/..a/json", "/a/...", "/x?y=//", "*", ""})
  void a_clean_path_is_left(String raw) {
    assertEquals(Optional.empty(), CleanPath.of(raw));
  }

  @Test
  void queries_keep_order_and_repetition_and_survive_broken_escapes() {
    assertEquals(
        Map.of("a", List.of("1", "2 3"), "b", List.of(""), "c", List.of("100%", "é")),
        Percent.query("a=1&b&a=2+3&c=100%&c=%C3%a9&&"));
    assertEquals("a+b", Percent.decode("a+b"));
    assertEquals("a%2", Percent.decode("a%2"));
    assertEquals("a/b%zz", Percent.decode("a%2fb%zz"));
  }
}
