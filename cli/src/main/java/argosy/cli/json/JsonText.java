package argosy.cli.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes plain values as JSON. */
final class JsonText {
  private JsonText() {}

  static String compact(@Nullable Object value) {
    return write(value, null);
  }

  static String indented(@Nullable Object value) {
    return write(value, fourBlanks());
  }

  private static String write(@Nullable Object value, @Nullable PrettyPrinter printer) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = Json.FACTORY.createGenerator(text)) {
      if (printer != null) {
        generator.setPrettyPrinter(printer);
      }
      write(generator, value);
    } catch (IOException e) {
      throw new UncheckedIOException("a string writer does not fail", e);
    }
    return text.toString();
  }

  /**
   * By instanceof: the first switch over types costs a short-lived JVM some twenty milliseconds.
   */
  private static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      object(generator, map);
    } else if (value instanceof Iterable<?> elements) {
      array(generator, elements);
    } else if (value instanceof Json json) {
      write(generator, json.value());
    } else {
      scalar(generator, value);
    }
  }

  private static void object(JsonGenerator generator, Map<?, ?> map) throws IOException {
    generator.writeStartObject();
    for (var field : map.entrySet()) {
      generator.writeFieldName(String.valueOf(field.getKey()));
      write(generator, field.getValue());
    }
    generator.writeEndObject();
  }

  private static void array(JsonGenerator generator, Iterable<?> elements) throws IOException {
    generator.writeStartArray();
    for (Object element : elements) {
      write(generator, element);
    }
    generator.writeEndArray();
  }

  private static void scalar(JsonGenerator generator, @Nullable Object value) throws IOException {
    if (value == null) {
      generator.writeNull();
    } else if (value instanceof String text) {
      generator.writeString(text);
    } else if (value instanceof Boolean flag) {
      generator.writeBoolean(flag);
    } else if (value instanceof BigDecimal number) {
      generator.writeNumber(number);
    } else if (value instanceof BigInteger number) {
      generator.writeNumber(number);
    } else if (value instanceof Double number) {
      generator.writeNumber(number);
    } else if (value instanceof Number number) {
      generator.writeNumber(number.longValue());
    } else {
      throw new IllegalArgumentException("no JSON for " + value.getClass());
    }
  }

  private static PrettyPrinter fourBlanks() {
    var indenter = new DefaultIndenter("    ", "\n");
    var separators =
        Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("");
    var printer = new DefaultPrettyPrinter(separators);
    printer.indentArraysWith(indenter);
    printer.indentObjectsWith(indenter);
    return printer;
  }
}
