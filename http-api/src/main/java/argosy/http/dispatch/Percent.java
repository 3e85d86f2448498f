package argosy.http.dispatch;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Percent-encoding as Go's servers read it, except that a broken escape stands for itself. */
final class Percent {
  private static final Pattern ESCAPED = Pattern.compile("%([0-9a-fA-F]{2})");

  private Percent() {}

  /** Decodes one path segment; a plus stays a plus. */
  static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    var decoded = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int value = bytes[i] == '%' ? escape(bytes, i) : -1;
      decoded.write(value < 0 ? bytes[i] : value);
      i += value < 0 ? 0 : 2;
    }
    return decoded.toString(StandardCharsets.UTF_8);
  }

  /**
   * The same path with nothing escaped that need not be (RFC 3986, section 6.2.2.2), so that it can
   * be compared; a slash stays escaped.
   */
  static String plain(String path) {
    return path.indexOf('%') < 0
        ? path
        : ESCAPED
            .matcher(path)
            .replaceAll(escape -> {
              char letter = (char) Integer.parseInt(escape.group(1), 16);
              return Matcher.quoteReplacement(
                  isUnreserved(letter) ? String.valueOf(letter) : escape.group());
            });
  }

  private static boolean isUnreserved(char letter) {
    return letter < 128 && (Character.isLetterOrDigit(letter) || "-._~".indexOf(letter) >= 0);
  }

  private static int escape(byte[] bytes, int at) {
    if (at + 2 >= bytes.length) {
      return -1;
    }
    int high = Character.digit(bytes[at + 1], 16);
    int low = Character.digit(bytes[at + 2], 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }

  /** Every parameter with its values, in the order they came; a plus is a space. */
  static Map<String, List<String>> query(String text) {
    var parameters = new LinkedHashMap<String, List<String>>();
    for (var pair : text.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        var name = equals < 0 ? pair : pair.substring(0, equals);
        var value = equals < 0 ? "" : pair.substring(equals + 1);
        parameters
            .computeIfAbsent(decode(name.replace('+', ' ')), _ -> new ArrayList<>())
            .add(decode(value.replace('+', ' ')));
      }
    }
    return parameters;
  }
}
