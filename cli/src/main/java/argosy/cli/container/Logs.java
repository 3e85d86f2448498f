package argosy.cli.container;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.json.Json;
import argosy.cli.output.Frames;
import argosy.cli.output.Moment;
import java.io.IOException;
import java.time.ZoneId;

/** Shows what a container said. */
public final class Logs implements Command {
  @Override
  public Form form() {
    return new Form("logs", "Show the output of a container")
        .flag("-f --follow", "Stay for what comes")
        .value("-n --tail", "LINES", "Only so many lines from the end, or all")
        .value("--since", "TIME", "From 2026-01-02T15:04:05Z, Unix seconds, or 10m ago")
        .value("--until", "TIME", "Up to then")
        .flag("-t --timestamps", "Put a time before each line")
        .flag("--details", "Show the extra attributes of the logging driver")
        .operands("CONTAINER", 1);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    var arguments = invocation.arguments();
    String name = arguments.operands().getFirst();
    Target logs =
        Target.of("containers", name, "logs")
            .with("stdout", true)
            .with("stderr", true)
            .with("follow", arguments.flag("--follow"))
            .with("timestamps", arguments.flag("--timestamps"))
            .with("details", arguments.flag("--details"))
            .with("tail", arguments.text("--tail", "all"))
            .withText("since", moment(invocation, "--since"))
            .withText("until", moment(invocation, "--until"));
    Json container = invocation.daemon().get(Target.of("containers", name, "json")).json();
    var console = invocation.console();
    try (var answer = invocation.daemon().get(logs)) {
      if (container.get("Config", "Tty").flag()) {
        Frames.copyRaw(answer.body(), console.out());
      } else {
        Frames.copy(answer.body(), console.out(), console.err());
      }
    }
    return 0;
  }

  private static String moment(Invocation invocation, String option) {
    String text = invocation.arguments().text(option);
    return Moment.parameter(text, invocation.clock().instant(), ZoneId.systemDefault());
  }
}
