package argosy.cli.system;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.json.Json;
import argosy.cli.output.Template;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows the versions of both sides. */
public final class Version implements Command {
  /** This program's own. */
  public static final String OWN = "0.1.0";

  @Override
  public Form form() {
    return new Form("version", "Show the versions of this command and of the daemon")
        .value("-f --format", "FORMAT", "json, or a template such as {{.Server.Version}}")
        .operands("", 0);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    Map<String, @Nullable Object> client = new LinkedHashMap<>();
    client.put("Version", OWN);
    client.put("Java", System.getProperty("java.version"));
    client.put("Os", "linux");
    client.put("Arch", System.getProperty("os.arch"));
    client.put("Host", invocation.daemon().address().toString());
    Map<String, @Nullable Object> both = new LinkedHashMap<>();
    both.put("Client", client);
    String format = invocation.arguments().text("--format");
    PrintStream out = invocation.console().out();
    if (format.isEmpty()) {
      section(out, "Client: Argosy", new Json(client));
      out.flush();
    }
    Json server = invocation.daemon().get(Target.of("version")).json();
    both.put("Server", server.value());
    if (format.isEmpty()) {
      out.println();
      server(out, server);
    } else {
      String template = format.equals("json") ? "{{json .}}" : format;
      out.println(Template.parse(template).render(new Json(both)));
    }
    return 0;
  }

  private static void server(PrintStream out, Json server) {
    String name = server.get("Platform", "Name").text();
    section(out, "Server: " + (name.isEmpty() ? "Engine" : name), server);
    for (Json component : server.get("Components").list()) {
      if (!component.get("Name").text().equals("Engine")) {
        out.println(" " + component.get("Name").text() + ":");
        line(out, "  Version", component.get("Version"));
      }
    }
  }

  private static void section(PrintStream out, String title, Json facts) {
    out.println(title);
    line(out, " Version", facts.get("Version"));
    line(out, " API version", facts.get("ApiVersion"));
    line(out, " Oldest API version", facts.get("MinAPIVersion"));
    line(out, " Java", facts.get("Java"));
    line(out, " Built", facts.get("BuildTime"));
    line(out, " OS/Arch", new Json(facts.get("Os").text() + "/" + facts.get("Arch").text()));
    line(out, " Kernel", facts.get("KernelVersion"));
    line(out, " Host", facts.get("Host"));
  }

  private static void line(PrintStream out, String name, Json value) {
    if (!value.text().isEmpty()) {
      out.println(name + ":" + " ".repeat(Math.max(1, 20 - name.length())) + value.text());
    }
  }
}
