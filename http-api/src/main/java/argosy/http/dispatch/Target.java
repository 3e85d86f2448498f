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
    var text = withoutHost(raw);
    int mark = text.indexOf('?');
    var path = Percent.plain(mark < 0 ? text : text.substring(0, mark));
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

  /** A request through a proxy names its host too. */
  static String withoutHost(String raw) {
    var absolute = ABSOLUTE.matcher(raw);
    return absolute.matches() ? absolute.group(1) : raw;
  }

  private static Outcome<Target> versioned(View view, String node, String path, String query) {
    var match = VERSION.matcher(path);
    if (!match.matches()) {
      return Outcome.ok(new Target(view, node, "", ApiVersion.NEWEST, path, query));
    }
    var version = ApiVersion.parse(match.group(2));
    var refusal = refusal(match.group(2), version);
    return refusal.isEmpty()
        ? Outcome.ok(new Target(view, node, match.group(1), version, match.group(3), query))
        : Outcome.failed(new Failure.Invalid(refusal));
  }

  /** Empty when the version is answered. */
  private static String refusal(String asked, ApiVersion version) {
    if (version.compareTo(ApiVersion.NEWEST) > 0) {
      return "client version %s is too new. Maximum supported API version is %s"
          .formatted(asked, ApiVersion.NEWEST);
    }
    if (version.compareTo(ApiVersion.OLDEST) < 0) {
      return "client version %s is too old. Minimum supported API version is %s, please upgrade your client to a newer version"
          .formatted(asked, ApiVersion.OLDEST);
    }
    return "";
  }

  /** The same request to a daemon that is asked about itself. */
  String plain() {
    return prefix + path + (query.isEmpty() ? "" : "?" + query);
  }
}
