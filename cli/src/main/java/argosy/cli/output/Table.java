package argosy.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Rows in columns as docker sets them: at least ten wide, three blanks apart. */
public final class Table {
  private static final int NARROWEST = 10;
  private static final int GAP = 3;
  private final List<List<String>> rows = new ArrayList<>();

  public Table(List<String> headings) {
    rows.add(List.copyOf(headings));
  }

  public void row(List<String> cells) {
    rows.add(List.copyOf(cells));
  }

  /** The whole table, each row ended by a line feed. */
  public String text() {
    var text = new StringBuilder();
    int[] widths = widths();
    for (List<String> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        text.append(cell);
        boolean last = column == row.size() - 1;
        text.repeat(' ', last ? 0 : widths[column] - cell.codePointCount(0, cell.length()));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private int[] widths() {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        String cell = row.get(column);
        int needed = Math.max(NARROWEST, cell.codePointCount(0, cell.length()) + GAP);
        widths[column] = Math.max(widths[column], needed);
      }
    }
    return widths;
  }
}
