package argosy.http.dispatch;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.http.endpoint.Call.View;
import argosy.http.version.ApiVersion;
import java.util.regex.Pattern;

/**
 * What a request line asks for, before anything is decoded.
 *
 * @param node the named node, "" unless the view is NODE
 * @param prefix {@code /v1.41} as it was written, "" without
 * @param path behind base and version, still percent-encoded
 * @param query without the question mark, still percent-encoded
 */
record Target(
    View view, String node, String prefix, ApiVersion version, String path, String query) {
  private static final Pattern NODE = Pattern.compile("/node/([^/]+)(/.*)");
  private static final Pattern CLUSTER = Pattern.compile("/cluster(/.*)");
  private static final Pattern VERSION = Pattern.compile("(/v([0-9.]+))(/.*)");
  private static final Pattern ABSOLUTE = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*://[^/?]*(.*)");

  /**
   * Reads a request target.
   *
   * @param base the view that a path without a base of its own means on this listener
   */
  static Outcome<Target> parse(View base, String raw) {
    var absolute = ABSOLUTE.matcher(raw);
    var text = absolute.matches() ? absolute.group(1) : raw;
    int mark = text.indexOf('?');
    var path = mark < 0 ? text : text.substring(0, mark);
    var query = mark < 0 ? "" : text.substring(mark + 1);
    var node = NODE.matcher(path);
    if (node.matches()) {
      return versioned(View.NODE, Percent.decode(node.group(1)), node.group(2), query);
    }
    var cluster = CLUSTER.matcher(path);
    return cluster.matches()
        ? versioned(View.CLUSTER, "", cluster.group(1), query)
        : versioned(base, "", path, query);
  }

  private static Outcome<Target> versioned(View view, String node, String path, String query) {
    var match = VERSION.matcher(path);
    if (!match.matches()) {
      return Outcome.ok(new Target(view, node, "", ApiVersion.NEWEST, path, query));
    }
    var version = ApiVersion.parse(match.group(2));
    return version.isEmpty()
        ? Outcome.failed(new Failure.NotFound("page not found"))
        : refused(version.get())
            .orElseGet(() ->
                Outcome.ok(
                    new Target(view, node, match.group(1), version.get(), match.group(3), query)));
  }

  private static java.util.Optional<Outcome<Target>> refused(ApiVersion version) {
    if (version.compareTo(ApiVersion.NEWEST) > 0) {
      return java.util.Optional.of(
          Outcome.failed(
              new Failure.Invalid(
                  "client version %s is too new. Maximum supported API version is %s"
                      .formatted(version, ApiVersion.NEWEST))));
    }
    if (version.compareTo(ApiVersion.OLDEST) < 0) {
      return java.util.Optional.of(
          Outcome.failed(
              new Failure.Invalid(
                  "client version %s is too old. Minimum supported API version is %s, please upgrade your client to a newer version"
                      .formatted(version, ApiVersion.OLDEST))));
    }
    return java.util.Optional.empty();
  }

  /** The same request to a daemon that is asked about itself. */
  String plain() {
    return prefix + path + (query.isEmpty() ? "" : "?" + query);
  }
}
