package argosy.cli.container;

import argosy.cli.client.Answer;
import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.json.Json;
import java.io.Closeable;
import java.io.IOException;

/** Starts containers; with {@code -a} or {@code -i} stays with the one it starts. */
public final class Start implements Command {
  @Override
  public Form form() {
    return new Form("start", "Start containers")
        .flag("-a --attach", "Show its output and pass signals on")
        .flag("-i --interactive", "Pass stdin on too")
        .value("--detach-keys", "KEYS", "Keys that leave a TTY without ending it")
        .operandsFrom("CONTAINER [CONTAINER...]", 1);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    var arguments = invocation.arguments();
    if (!arguments.flag("--attach") && !arguments.flag("--interactive")) {
      return invocation.each(arguments.operands(), name -> start(invocation, name));
    }
    if (arguments.operands().size() > 1) {
      throw new IllegalArgumentException("only one container can be attached to at once");
    }
    return attached(invocation, arguments.operands().getFirst());
  }

  private static void start(Invocation invocation, String name) throws IOException {
    invocation.daemon().post(Target.of("containers", name, "start")).close();
    invocation.console().out().println(name);
  }

  private static int attached(Invocation invocation, String name) throws IOException {
    Json container = invocation.daemon().get(Target.of("containers", name, "json")).json();
    boolean tty = container.get("Config", "Tty").flag();
    boolean input =
        invocation.arguments().flag("--interactive") && container.get("Config", "OpenStdin").flag();
    boolean removed = container.get("HostConfig", "AutoRemove").flag();
    String id = container.get("Id").text();
    DetachKeys keys = DetachKeys.parse(invocation.arguments().text("--detach-keys"));
    var keyboard = new Keyboard(invocation.daemon(), invocation.console());
    Target attach =
        Attach.target(id, input)
            .withText("detachKeys", invocation.arguments().text("--detach-keys"));
    Target wait =
        Target.of("containers", id, "wait").with("condition", removed ? "removed" : "next-exit");
    try (var line = invocation.daemon().hijack(attach, Json.NULL);
        Answer exit = invocation.daemon().post(wait);
        Closeable _ = keyboard.raw(tty && input)) {
      var attachment = new Attachment(line, invocation.console(), tty, keys);
      if (!tty) {
        keyboard.forwardSignals(id);
      }
      invocation.daemon().post(Target.of("containers", id, "start")).close();
      if (input) {
        attachment.sendInput();
      }
      if (tty) {
        keyboard.followSize("containers", id);
      }
      return attachment.showOutput() ? 0 : Run.exitCode(exit.json());
    }
  }
}
