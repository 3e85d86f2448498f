package argosy.cli.system;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Filters;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.json.Json;
import argosy.cli.output.Moment;
import argosy.cli.output.OutputClosed;
import argosy.cli.output.Template;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Shows what happens, as it happens. */
public final class Events implements Command {
  private static final long BILLION = 1_000_000_000;

  @Override
  public Form form() {
    return new Form("events", "Show what happens, as it happens")
        .list("-f --filter", "NAME=VALUE", "Only those that fit")
        .value("--since", "TIME", "From 2026-01-02T15:04:05Z, Unix seconds, or 10m ago")
        .value("--until", "TIME", "Up to then, and end")
        .value("--format", "FORMAT", "json, or a template such as {{.Action}}")
        .operands("", 0);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    var arguments = invocation.arguments();
    Target events =
        Target.of("events")
            .withText("since", moment(invocation, "--since"))
            .withText("until", moment(invocation, "--until"))
            .withText("filters", Filters.parameter(arguments.list("--filter")));
    String format = arguments.text("--format");
    Template template = Template.parse(format.equals("json") ? "{{json .}}" : format);
    var out = invocation.console().out();
    try (var answer = invocation.daemon().get(events);
        var stream = answer.jsonStream()) {
      for (Json event = stream.next(); event != null; event = stream.next()) {
        out.println(
            format.isEmpty() ? line(event, ZoneId.systemDefault()) : template.render(event));
        OutputClosed.check(out);
      }
    }
    return 0;
  }

  private static String moment(Invocation invocation, String option) {
    String text = invocation.arguments().text(option);
    return Moment.parameter(text, invocation.clock().instant(), ZoneId.systemDefault());
  }

  /** {@code TIME TYPE ACTION ID (name=value, …)}. */
  static String line(Json event, ZoneId zone) {
    long nanos = event.get("timeNano").number();
    Instant moment =
        nanos > 0
            ? Instant.ofEpochSecond(nanos / BILLION, nanos % BILLION)
            : Instant.ofEpochSecond(event.get("time").number());
    List<String> attributes = new ArrayList<>();
    event
        .get("Actor", "Attributes")
        .fields()
        .forEach((name, value) -> attributes.add(name + "=" + value.text()));
    attributes.sort(null);
    String line =
        Moment.exact(moment, zone)
            + " "
            + event.get("Type").text()
            + " "
            + event.get("Action").text()
            + " "
            + event.get("Actor", "ID").text();
    return attributes.isEmpty() ? line : line + " (" + String.join(", ", attributes) + ")";
  }
}
