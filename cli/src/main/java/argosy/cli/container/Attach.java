package argosy.cli.container;

import argosy.cli.client.Answer;
import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.json.Json;
import java.io.Closeable;
import java.io.IOException;

/** Joins the user's streams to a running container's. */
public final class Attach implements Command {
  @Override
  public Form form() {
    return new Form("attach", "Join stdin, stdout and stderr to a running container's")
        .flag("--no-stdin", "Only listen")
        .value("--detach-keys", "KEYS", "Keys that leave a TTY without ending it")
        .operands("CONTAINER", 1);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    var arguments = invocation.arguments();
    String name = arguments.operands().getFirst();
    Json container = invocation.daemon().get(Target.of("containers", name, "json")).json();
    if (!container.get("State", "Running").flag()) {
      throw new IOException("You cannot attach to a stopped container, start it first");
    }
    boolean tty = container.get("Config", "Tty").flag();
    boolean input = !arguments.flag("--no-stdin") && container.get("Config", "OpenStdin").flag();
    DetachKeys keys = DetachKeys.parse(arguments.text("--detach-keys"));
    var keyboard = new Keyboard(invocation.daemon(), invocation.console());
    keyboard.checkTty(tty, input);
    String id = container.get("Id").text();
    Target attach = target(id, input).withText("detachKeys", arguments.text("--detach-keys"));
    try (Answer exit = invocation.daemon().post(Target.of("containers", id, "wait"));
        var line = invocation.daemon().hijack(attach, Json.NULL);
        Closeable _ = keyboard.raw(tty && input)) {
      var attachment = new Attachment(line, invocation.console(), tty, keys);
      if (tty) {
        keyboard.followSize("containers", id);
      } else {
        keyboard.forwardSignals(id);
      }
      if (input) {
        attachment.sendInput();
      }
      return attachment.showOutput() ? 0 : Run.exitCode(exit.json());
    }
  }

  static Target target(String id, boolean input) {
    return Target.of("containers", id, "attach")
        .with("stream", true)
        .with("stdin", input)
        .with("stdout", true)
        .with("stderr", true);
  }
}
