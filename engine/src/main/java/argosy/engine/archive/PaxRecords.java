package argosy.engine.archive;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The records of one extended header: {@code LENGTH KEY=VALUE\n}, the length counting itself
 * (POSIX.1-2001, pax, "pax Extended Header"). Keys and values are {@link Octets}.
 */
final class PaxRecords {
  static final PaxRecords NONE = new PaxRecords();
  private static final String ATTRIBUTE = "SCHILY.xattr.";
  private static final int NANO_DIGITS = 9;

  private final Map<String, String> values = new HashMap<>();
  private final StringBuilder sparse = new StringBuilder();

  private PaxRecords() {}

  static PaxRecords parse(byte[] bytes) throws IOException {
    var records = new PaxRecords();
    int at = 0;
    while (at < bytes.length && bytes[at] != 0) {
      int space = at;
      while (space < bytes.length && bytes[space] != ' ') {
        space++;
      }
      long length = number(Octets.of(bytes, at, space));
      if (length <= space - at + 1 || at + length > bytes.length) {
        throw broken();
      }
      int end = at + (int) length - 1;
      if (bytes[end] != '\n') {
        throw broken();
      }
      records.record(Octets.of(bytes, space + 1, end));
      at = end + 1;
    }
    return records;
  }

  private void record(String record) throws IOException {
    int equals = record.indexOf('=');
    if (equals < 1) {
      throw broken();
    }
    String key = record.substring(0, equals);
    String value = record.substring(equals + 1);
    if (key.equals("GNU.sparse.offset") || key.equals("GNU.sparse.numbytes")) {
      // format 0.0 repeats the two instead of making a map
      sparse.append(sparse.isEmpty() ? "" : ",").append(value);
    } else if (value.isEmpty()) {
      values.remove(key);
    } else {
      values.put(key, value);
    }
  }

  private static IOException broken() {
    return new IOException(
        "archive/tar: invalid tar header: it has an extended header that is broken");
  }

  @Nullable String get(String key) {
    return values.get(key);
  }

  /** A value that must be free of zeros, which end names. */
  String name(String key, String otherwise) throws IOException {
    String value = values.getOrDefault(key, otherwise);
    if (value.indexOf('\0') >= 0) {
      throw broken();
    }
    return value;
  }

  long number(String key, long otherwise) throws IOException {
    String value = values.get(key);
    return value == null ? otherwise : number(value);
  }

  /** GNU tar's formats 0.0 and 0.1: offsets and lengths by turns. */
  @Nullable String sparseMap() {
    return sparse.isEmpty() ? values.get("GNU.sparse.map") : sparse.toString();
  }

  Map<String, byte[]> attributes() {
    var attributes = new HashMap<String, byte[]>();
    values.forEach((key, value) -> {
      if (key.startsWith(ATTRIBUTE) && key.length() > ATTRIBUTE.length()) {
        attributes.put(key.substring(ATTRIBUTE.length()), Octets.bytes(value));
      }
    });
    return attributes;
  }

  /** {@code SECONDS.FRACTION}, before 1970 with a minus sign. */
  Instant modified(long otherwise) throws IOException {
    String value = values.get("mtime");
    if (value == null) {
      return Instant.ofEpochSecond(otherwise);
    }
    int dot = value.indexOf('.');
    String whole = dot < 0 ? value : value.substring(0, dot);
    String fraction = dot < 0 ? "" : value.substring(dot + 1);
    if (fraction.length() > NANO_DIGITS) {
      fraction = fraction.substring(0, NANO_DIGITS);
    }
    long nanos =
        fraction.isEmpty() ? 0 : number(fraction + "0".repeat(NANO_DIGITS - fraction.length()));
    long seconds = whole.isEmpty() || whole.equals("-") ? 0 : number(whole);
    if (nanos < 0 || Math.abs(seconds) > Instant.MAX.getEpochSecond() / 2) {
      throw broken();
    }
    return Instant.ofEpochSecond(seconds, value.startsWith("-") ? -nanos : nanos);
  }

  static long number(String digits) throws IOException {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw new IOException(
          "archive/tar: invalid tar header: it has a number that is none in an extended header", e);
    }
  }
}
