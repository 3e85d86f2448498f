package argosy.cli.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One JSON value: a map, a list, a string, a number, a boolean or null. What is absent reads as
 * null, so a path into a document never fails.
 *
 * <p>A tree of plain values instead of bound records, because binding costs the command line more
 * time than the whole request.
 */
public record Json(@Nullable Object value) {
  static final JsonFactory FACTORY = new JsonFactory();
  public static final Json NULL = new Json(null);

  /** Reads the one value of a text; an empty text is null. */
  public static Json parse(String text) throws IOException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      return parser.nextToken() == null ? NULL : new Json(read(parser));
    }
  }

  /** Reads the first value of a stream; an empty stream is null. */
  public static Json parse(InputStream stream) throws IOException {
    try (JsonParser parser = FACTORY.createParser(stream)) {
      return parser.nextToken() == null ? NULL : new Json(read(parser));
    }
  }

  /** The value that starts at the parser's current token. */
  static @Nullable Object read(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getNumberValue();
      case VALUE_NUMBER_FLOAT -> new BigDecimal(parser.getText());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IOException("unexpected JSON token " + parser.currentToken());
    };
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      fields.put(name, read(parser));
    }
    return fields;
  }

  private static List<@Nullable Object> array(JsonParser parser) throws IOException {
    List<@Nullable Object> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(read(parser));
    }
    return elements;
  }

  /** What stands at a path of field names. */
  public Json get(String... path) {
    @Nullable Object found = value;
    for (String name : path) {
      found = found instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return new Json(found);
  }

  /** False for null and for what is not there. */
  public boolean present() {
    return value != null;
  }

  /** A string as it is, a number or boolean in JSON's spelling, null as "". */
  public String text() {
    return value == null ? "" : value.toString();
  }

  /** A number without its fraction, anything else as 0. */
  public long number() {
    return value instanceof Number number ? number.longValue() : 0;
  }

  /** A number, anything else as 0. */
  public double real() {
    return value instanceof Number number ? number.doubleValue() : 0;
  }

  public boolean flag() {
    return Boolean.TRUE.equals(value);
  }

  /** The elements of a list; of anything else, none. */
  public List<Json> list() {
    List<Json> elements = new ArrayList<>();
    if (value instanceof List<?> list) {
      list.forEach(element -> elements.add(new Json(element)));
    }
    return elements;
  }

  /** The fields of an object in their order; of anything else, none. */
  public Map<String, Json> fields() {
    Map<String, Json> fields = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, field) -> fields.put(String.valueOf(name), new Json(field)));
    }
    return fields;
  }

  /** On one line. */
  public String compact() {
    return JsonText.compact(value);
  }

  /** Over several lines, indented by four blanks. */
  public String indented() {
    return JsonText.indented(value);
  }
}
