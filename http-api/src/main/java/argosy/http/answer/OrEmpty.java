package argosy.http.answer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a client left out or sent as null, read as Go reads it: "", nothing, no elements. */
public final class OrEmpty {
  private OrEmpty() {}

  public static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  public static <T> List<T> list(@Nullable List<T> value) {
    return value == null ? List.of() : value.stream().filter(Objects::nonNull).toList();
  }

  /** Null values become "". */
  public static Map<String, String> texts(@Nullable Map<String, String> value) {
    if (value == null) {
      return Map.of();
    }
    var all = new LinkedHashMap<String, String>();
    value.forEach((key, text) -> all.put(key, text(text)));
    return all;
  }

  public static <T> Map<String, T> map(@Nullable Map<String, T> value) {
    return value == null ? Map.of() : value;
  }
}
