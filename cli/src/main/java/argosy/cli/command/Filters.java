package argosy.cli.command;

import argosy.cli.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code --filter NAME=VALUE}, as the API's {@code filters} parameter. */
public final class Filters {
  private Filters() {}

  /**
   * "" for no filter.
   *
   * @throws IllegalArgumentException for one without an equals sign
   */
  public static String parameter(List<String> filters) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String filter : filters) {
      int equals = filter.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("--filter: \"" + filter + "\" is not NAME=VALUE");
      }
      values
          .computeIfAbsent(filter.substring(0, equals), _ -> new ArrayList<>())
          .add(filter.substring(equals + 1));
    }
    return values.isEmpty() ? "" : new Json(values).compact();
  }
}
