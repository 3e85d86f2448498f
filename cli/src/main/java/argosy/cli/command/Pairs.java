package argosy.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code NAME=VALUE} options; a name alone has the value "". */
public final class Pairs {
  private Pairs() {}

  public static Map<String, String> of(List<String> texts) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      pairs.put(
          equals < 0 ? text : text.substring(0, equals),
          equals < 0 ? "" : text.substring(equals + 1));
    }
    return pairs;
  }
}
