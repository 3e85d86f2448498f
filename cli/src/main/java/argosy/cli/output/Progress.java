package argosy.cli.output;

import argosy.cli.client.Refusal;
import argosy.cli.json.Json;
import argosy.cli.json.JsonStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The progress of a pull: on a terminal one line for each layer, redrawn where it stands; elsewhere
 * one line for each thing that happened.
 */
public final class Progress {
  private final PrintStream out;
  private final boolean terminal;
  private final List<String> ids = new ArrayList<>();

  public Progress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /**
   * Shows all of it.
   *
   * @throws Refusal when the stream says that the work failed
   */
  public void show(JsonStream stream) throws IOException {
    for (Json step = stream.next(); step != null; step = stream.next()) {
      String error = step.get("errorDetail", "message").text();
      error = error.isEmpty() ? step.get("error").text() : error;
      if (!error.isEmpty()) {
        throw new Refusal(500, error);
      }
      if (!step.get("aux").present()) {
        show(step);
      }
    }
    out.flush();
  }

  /** Shows one step, at once. */
  public void step(Json step) {
    if (!step.get("aux").present()) {
      show(step);
      out.flush();
    }
  }

  private void show(Json step) {
    String id = step.get("id").text();
    if (step.get("stream").present()) {
      out.print(step.get("stream").text());
    } else if (id.isEmpty() || step.get("progressDetail").value() == null) {
      out.println(id.isEmpty() ? step.get("status").text() : id + ": " + step.get("status").text());
      ids.clear();
    } else if (terminal) {
      redraw(id, step);
    } else if (step.get("progressDetail").get("current").number() == 0) {
      out.println(id + ": " + step.get("status").text());
    }
  }

  private void redraw(String id, Json step) {
    int line = ids.indexOf(id);
    if (line < 0) {
      ids.add(id);
      out.println(id + ": " + step.get("status").text());
      return;
    }
    int up = ids.size() - line;
    out.print("\033[" + up + "A\r\033[2K" + id + ": " + step.get("status").text() + amount(step));
    out.print("\r\033[" + up + "B");
    out.flush();
  }

  private static String amount(Json step) {
    double current = step.get("progressDetail", "current").real();
    double total = step.get("progressDetail", "total").real();
    if (current <= 0) {
      return "";
    }
    return "  " + Size.decimal(current) + (total > 0 ? "/" + Size.decimal(total) : "");
  }
}
