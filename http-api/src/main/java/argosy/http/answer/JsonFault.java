package argosy.http.answer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is wrong with a body, in words that a user of the API knows: no class names. */
final class JsonFault {
  private JsonFault() {}

  static String text(JsonProcessingException fault) {
    return fault instanceof MismatchedInputException mismatch
        ? "cannot unmarshal %s into %s of type %s"
            .formatted(found(mismatch), field(mismatch), wanted(mismatch.getTargetType()))
        : fault.getOriginalMessage();
  }

  private static String found(MismatchedInputException mismatch) {
    JsonToken token =
        mismatch.getProcessor() instanceof com.fasterxml.jackson.core.JsonParser parser
            ? parser.currentToken()
            : null;
    return switch (token) {
      case START_ARRAY, END_ARRAY -> "array";
      case START_OBJECT, END_OBJECT, FIELD_NAME -> "object";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "number";
      case VALUE_STRING -> "string";
      case VALUE_TRUE, VALUE_FALSE -> "bool";
      case VALUE_NULL -> "null";
      case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> "value";
      case null -> "value";
    };
  }

  private static String field(MismatchedInputException mismatch) {
    String path =
        mismatch.getPath().stream()
            .map(Reference::getFieldName)
            .filter(Objects::nonNull)
            .collect(Collectors.joining("."));
    return path.isEmpty() ? "the body" : "field " + path;
  }

  private static String wanted(@Nullable Class<?> type) {
    if (type == boolean.class || type == Boolean.class) {
      return "bool";
    }
    if (type == String.class) {
      return "string";
    }
    if (type != null && (type.isPrimitive() || Number.class.isAssignableFrom(type))) {
      return type == double.class || type == float.class ? "float" : "int";
    }
    return type == null || Map.class.isAssignableFrom(type) || !isList(type) ? "object" : "array";
  }

  private static boolean isList(Class<?> type) {
    return type.isArray() || Collection.class.isAssignableFrom(type);
  }
}
