package argosy.cli.output;

import argosy.cli.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of Go's templates that {@code --format} understands: text, <code>{{.Field.Sub}}</code>,
 * <code>{{.}}</code> and <code>{{json .Field}}</code>. Anything else is refused, never misread.
 */
public final class Template {
  private sealed interface Part {
    record Text(String text) implements Part {}

    record Field(List<String> path, boolean json) implements Part {}
  }

  private final List<Part> parts;

  private Template(List<Part> parts) {
    this.parts = parts;
  }

  /**
   * Reads a format.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  public static Template parse(String format) {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    for (int open = format.indexOf("{{"); open >= 0; open = format.indexOf("{{", at)) {
      int close = format.indexOf("}}", open);
      if (close < 0) {
        throw new IllegalArgumentException("--format: \"{{\" without \"}}\"");
      }
      parts.add(new Part.Text(plain(format.substring(at, open))));
      parts.add(action(format.substring(open + 2, close).strip()));
      at = close + 2;
    }
    parts.add(new Part.Text(plain(format.substring(at))));
    return new Template(parts);
  }

  private static String plain(String text) {
    return text.replace("\\t", "\t").replace("\\n", "\n");
  }

  private static Part action(String action) {
    boolean json = action.startsWith("json ");
    String path = json ? action.substring("json ".length()).strip() : action;
    boolean understood = path.startsWith(".");
    for (int i = 0; i < path.length(); i++) {
      char letter = path.charAt(i);
      understood &= Character.isLetterOrDigit(letter) || letter == '.' || letter == '_';
    }
    if (!understood) {
      throw new IllegalArgumentException(
          "--format: {{" + action + "}} is not understood; {{.Field}} and {{json .Field}} are");
    }
    return new Part.Field(
        path.equals(".") ? List.of() : List.of(path.substring(1).split("\\.")), json);
  }

  /** One rendering. */
  public String render(Json value) {
    var text = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Part.Text plain -> text.append(plain.text());
        case Part.Field field ->
            text.append(field(value.get(field.path().toArray(String[]::new)), field.json()));
      }
    }
    return text.toString();
  }

  private static String field(Json value, boolean json) {
    if (json) {
      return value.compact();
    }
    if (!value.present()) {
      return "<no value>";
    }
    return value.value() instanceof String || !isComposite(value) ? value.text() : go(value);
  }

  private static boolean isComposite(Json value) {
    return value.value() instanceof List<?> || value.value() instanceof java.util.Map<?, ?>;
  }

  /** How Go prints lists and maps: {@code [a b]} and {@code map[k:v]}. */
  private static String go(Json value) {
    List<String> inner = new ArrayList<>();
    if (value.value() instanceof List<?>) {
      value.list().forEach(element -> inner.add(isComposite(element) ? go(element) : nil(element)));
      return "[" + String.join(" ", inner) + "]";
    }
    value.fields().forEach((name, f) -> inner.add(name + ":" + (isComposite(f) ? go(f) : nil(f))));
    inner.sort(null);
    return "map[" + String.join(" ", inner) + "]";
  }

  private static String nil(Json value) {
    return value.present() ? value.text() : "<nil>";
  }
}
