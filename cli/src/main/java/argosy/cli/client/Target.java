package argosy.cli.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The path and query of a request. */
public record Target(String text) {

  /** A path of segments; a slash or colon inside one (an image's name) stays as it is. */
  public static Target of(String... segments) {
    var path = new StringBuilder();
    for (String segment : segments) {
      path.append('/').append(encode(segment).replace("%2F", "/").replace("%3A", ":"));
    }
    return new Target(path.toString());
  }

  /** The same path with one more query parameter. */
  public Target with(String name, String value) {
    char mark = text.indexOf('?') < 0 ? '?' : '&';
    return new Target(text + mark + encode(name) + '=' + encode(value));
  }

  /** The parameter as 1 when it holds, nothing when it does not. */
  public Target with(String name, boolean value) {
    return value ? with(name, "1") : this;
  }

  /** The parameter, unless it is empty. */
  public Target withText(String name, String value) {
    return value.isEmpty() ? this : with(name, value);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
