package argosy.http.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.http.endpoint.Call.View;
import argosy.http.version.ApiVersion;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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

  @Test
  void versions_outside_the_range_are_refused_in_dockers_words() {
    assertEquals(
        new Failure.Invalid(
            "client version 1.99 is too new. Maximum supported API version is "
                + ApiVersion.NEWEST),
        bad("/v1.99/info"));
    assertEquals(
        new Failure.Invalid(
            "client version 1.1 is too old. Minimum supported API version is 1.24, please upgrade your client to a newer version"),
        bad("/cluster/v1.1/info"));
    assertEquals(new Failure.NotFound("page not found"), bad("/v1.2.3/info"));
    assertEquals("/volumes", good("/volumes").path());
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
