package argosy.cli.container;

import argosy.cli.command.Arguments;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A JSON object filled from arguments: a field is there only when its option was given. */
final class Fields {
  private final Map<String, Object> fields = new LinkedHashMap<>();
  private final Arguments arguments;

  Fields(Arguments arguments) {
    this.arguments = arguments;
  }

  Map<String, Object> map() {
    return fields;
  }

  Fields put(String field, Object value) {
    fields.put(field, value);
    return this;
  }

  Fields flag(String field, String option) {
    return arguments.flag(option) ? put(field, true) : this;
  }

  Fields text(String field, String option) {
    return arguments.has(option) ? put(field, arguments.text(option)) : this;
  }

  Fields list(String field, String option) {
    return putAll(field, arguments.list(option));
  }

  Fields number(String field, String option) {
    return arguments.has(option) ? put(field, wholeNumber(option, arguments.text(option))) : this;
  }

  /** Bytes, with docker's suffixes. */
  Fields size(String field, String option) {
    return arguments.has(option) ? put(field, bytes(option, arguments.text(option))) : this;
  }

  Fields map(String field, String option) {
    return putAll(field, pairs(arguments.list(option)));
  }

  /** Unless it is empty. */
  Fields putAll(String field, List<?> values) {
    return values.isEmpty() ? this : put(field, values);
  }

  /** Unless it is empty. */
  Fields putAll(String field, Map<String, ?> values) {
    return values.isEmpty() ? this : put(field, values);
  }

  /** {@code NAME=VALUE} each; a name alone has the value "". */
  static Map<String, String> pairs(List<String> texts) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      pairs.put(equals < 0 ? text : text.substring(0, equals), text.substring(equals + 1));
      if (equals < 0) {
        pairs.put(text, "");
      }
    }
    return pairs;
  }

  static long wholeNumber(String option, String text) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(option + ": \"" + text + "\" is not a whole number", e);
    }
  }

  /** {@code 512m}, {@code 1.5g}, {@code 64kib}, {@code 100}: powers of 1024; -1 stays -1. */
  static long bytes(String option, String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    int digits = lower.length();
    while (digits > 0 && Character.isLetter(lower.charAt(digits - 1))) {
      digits--;
    }
    String unit = lower.substring(digits).strip();
    int power = unit.isEmpty() || unit.equals("b") ? 0 : "kmgtp".indexOf(unit.charAt(0)) + 1;
    boolean known = unit.length() <= 1 || unit.substring(1).matches("i?b");
    try {
      if (known && (power > 0 || unit.isEmpty() || unit.equals("b"))) {
        return new BigDecimal(lower.substring(0, digits).strip())
            .multiply(BigDecimal.valueOf(1L << (10 * power)))
            .longValue();
      }
    } catch (NumberFormatException e) {
      throw (IllegalArgumentException) noSize(option, text).initCause(e);
    }
    throw noSize(option, text);
  }

  private static IllegalArgumentException noSize(String option, String text) {
    return new IllegalArgumentException(
        option + ": \"" + text + "\" is no size: 512m, 1.5g or bytes are");
  }
}
