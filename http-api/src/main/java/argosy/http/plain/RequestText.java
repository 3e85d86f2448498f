package argosy.http.plain;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.RequestEntityAcceptances;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.model.headers.RawRequestURI;
import org.apache.pekko.http.scaladsl.model.IllegalUriException;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Reads a plain request: HTTP/1.1, printable ASCII, no transfer coding, no expectation, no upgrade
 * but to a raw connection (RFC 9112). Whatever is not understood to the last character is {@link
 * Heard.Unusual}, so that there is one place that knows what is wrong with a request.
 */
public final class RequestText {
  private static final int LONGEST_HEAD = 64 * 1024;

  /** A body that is longer is better streamed than held. */
  private static final int LONGEST_BODY = 1024 * 1024;

  private static final ByteString BLANK_LINE = ByteString.fromString("\r\n\r\n");
  private static final String VERSION = " HTTP/1.1";
  private static final Pattern TARGET = Pattern.compile("(https?://[^/? ]+)?/[^ #]*");
  private static final Set<String> BEYOND_US =
      Set.of("transfer-encoding", "expect", "te", "trailer", "http2-settings");

  private final List<HttpHeader> headers = new ArrayList<>();
  private @Nullable ContentType type;
  private int length = -1;
  private boolean last;

  private RequestText() {}

  public static Heard read(ByteString bytes) {
    int end = bytes.indexOfSlice(BLANK_LINE);
    if (end < 0) {
      return bytes.size() > LONGEST_HEAD ? new Heard.Unusual() : new Heard.Part();
    }
    if (end > LONGEST_HEAD) {
      return new Heard.Unusual();
    }
    String head = bytes.take(end).decodeString(StandardCharsets.ISO_8859_1);
    return new RequestText().read(head.split("\r\n", -1), bytes, end + BLANK_LINE.size());
  }

  private Heard read(String[] lines, ByteString bytes, int bodyAt) {
    String first = lines[0];
    int space = first.indexOf(' ');
    if (space < 1 || !first.endsWith(VERSION) || !isPrintable(first)) {
      return new Heard.Unusual();
    }
    String method = first.substring(0, space);
    String target =
        first.substring(space + 1, Math.max(space + 1, first.length() - VERSION.length()));
    if (!isToken(method) || !TARGET.matcher(target).matches()) {
      return new Heard.Unusual();
    }
    for (int i = 1; i < lines.length; i++) {
      if (!header(lines[i])) {
        return new Heard.Unusual();
      }
    }
    int body = Math.max(0, length);
    return bytes.size() < bodyAt + body
        ? new Heard.Part()
        : whole(method(method), target, bytes.slice(bodyAt, bodyAt + body), bodyAt + body);
  }

  /** A method that nobody knows is no fault of the request's: there is just nothing of the kind. */
  private static HttpMethod method(String name) {
    return HttpMethods.lookup(name)
        .orElseGet(
            () -> HttpMethods.custom(name, false, false, RequestEntityAcceptances.Tolerated));
  }

  private Heard whole(HttpMethod method, String target, ByteString body, int size) {
    headers.addFirst(RawRequestURI.create(target));
    var kind = type == null ? ContentTypes.APPLICATION_OCTET_STREAM : type;
    return new Heard.Whole(
        HttpRequest.create()
            .withMethod(method)
            .withUri(uri(target))
            .withHeaders(headers)
            .withEntity(HttpEntities.create(kind, body.compact())),
        size,
        last);
  }

  /** For those who only look; what is asked for is read from the target itself. */
  private static Uri uri(String target) {
    try {
      return Uri.create(target, Uri.RELAXED);
    } catch (IllegalUriException odd) {
      return Uri.create("/");
    }
  }

  /** False when it is not for us. */
  private boolean header(String line) {
    int colon = line.indexOf(':');
    if (colon < 1 || !isPrintable(line)) {
      return false;
    }
    String name = line.substring(0, colon);
    String value = line.substring(colon + 1).strip();
    String key = name.toLowerCase(Locale.ROOT);
    if (!isToken(name) || BEYOND_US.contains(key)) {
      return false;
    }
    return switch (key) {
      case "content-length" -> length(value);
      case "content-type" -> type(value);
      case "upgrade" -> value.equals("tcp") && keep(name, value);
      case "connection" -> {
        last |= value.equalsIgnoreCase("close");
        yield keep(name, value);
      }
      default -> keep(name, value);
    };
  }

  private boolean keep(String name, String value) {
    headers.add(RawHeader.create(name, value));
    return true;
  }

  private boolean length(String value) {
    if (length >= 0 || !value.matches("\\d{1,7}")) {
      return false;
    }
    length = Integer.parseInt(value);
    return length <= LONGEST_BODY;
  }

  private boolean type(String value) {
    type =
        value.equals("application/json")
            ? ContentTypes.APPLICATION_JSON
            : value.equals("text/plain") ? ContentTypes.TEXT_PLAIN_UTF8 : null;
    return type != null;
  }

  private static boolean isPrintable(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c < 127 || c == '\t');
  }

  private static boolean isToken(String name) {
    return name.chars()
        .allMatch(c ->
            c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '-'
                || c == '_');
  }
}
