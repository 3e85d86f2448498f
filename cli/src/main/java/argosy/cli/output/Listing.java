package argosy.cli.output;

import argosy.cli.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A list of things in the shape the user asked for: a table, one JSON object a line, or a template
 * for each.
 */
public final class Listing {
  private final Map<String, String> columns = new LinkedHashMap<>();
  private final List<Map<String, String>> rows = new ArrayList<>();

  /** A column of the table: the field it shows and its heading. */
  public Listing column(String field, String heading) {
    columns.put(field, heading);
    return this;
  }

  /** A thing: every field it has by the name templates use, shown in the table or not. */
  public void add(Map<String, String> fields) {
    rows.add(fields);
  }

  /**
   * The whole list.
   *
   * @param format "" or "table" for the table, "json", or a template that may start with "table "
   * @throws IllegalArgumentException for a template that is not understood
   */
  public String text(String format) {
    if (format.isEmpty() || format.equals("table")) {
      return table();
    }
    if (format.startsWith("table ")) {
      return custom(format.substring("table ".length()));
    }
    var text = new StringBuilder();
    Template template = Template.parse(format.equals("json") ? "{{json .}}" : format);
    rows.forEach(row -> text.append(template.render(new Json(row))).append('\n'));
    return text.toString();
  }

  private String table() {
    var table = new Table(List.copyOf(columns.values()));
    rows.forEach(row -> table.row(cells(row, List.copyOf(columns.keySet()))));
    return table.text();
  }

  private static List<String> cells(Map<String, String> row, List<String> fields) {
    List<String> cells = new ArrayList<>();
    fields.forEach(field -> cells.add(row.getOrDefault(field, "")));
    return cells;
  }

  private String custom(String format) {
    Template template = Template.parse(format);
    Map<String, String> headings = new LinkedHashMap<>();
    rows.forEach(row -> row.keySet().forEach(field -> headings.put(field, heading(field))));
    headings.putAll(columns);
    var table = new Table(List.of(template.render(new Json(headings)).split("\t", -1)));
    rows.forEach(row -> table.row(List.of(template.render(new Json(row)).split("\t", -1))));
    return table.text();
  }

  private static String heading(String field) {
    return field.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toUpperCase(java.util.Locale.ROOT);
  }
}
