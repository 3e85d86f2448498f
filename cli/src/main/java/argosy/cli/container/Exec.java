package argosy.cli.container;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.json.Json;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Runs one more command in a running container; its exit code is the command's. */
public final class Exec implements Command {
  @Override
  public Form form() {
    return new Form("exec", "Run a command in a running container")
        .flag("-i --interactive", "Keep stdin open")
        .flag("-t --tty", "Give it a terminal")
        .flag("-d --detach", "Do not wait for it")
        .list("-e --env", "NAME[=VALUE]", "Set a variable, or pass one on")
        .value("-u --user", "USER[:GROUP]", "User inside")
        .value("-w --workdir", "DIR", "Working directory inside")
        .flag("--privileged", "Give it every capability")
        .value("--detach-keys", "KEYS", "Keys that leave a TTY without ending it")
        .operandsFrom("CONTAINER COMMAND [ARG...]", 2)
        .commandAfterOperand();
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    var arguments = invocation.arguments();
    boolean tty = arguments.flag("--tty");
    boolean input = arguments.flag("--interactive") && !arguments.flag("--detach");
    DetachKeys keys = DetachKeys.parse(arguments.text("--detach-keys"));
    var keyboard = new Keyboard(invocation.daemon(), invocation.console());
    keyboard.checkTty(tty, input);
    Target create = Target.of("containers", arguments.operands().getFirst(), "exec");
    String id = invocation.daemon().post(create, body(invocation, input)).json().get("Id").text();
    Target start = Target.of("exec", id, "start");
    if (arguments.flag("--detach")) {
      Json detach = new Json(Map.of("Detach", true, "Tty", tty));
      invocation.daemon().post(start, detach).close();
      return 0;
    }
    try (Closeable _ = keyboard.raw(tty && input);
        var line =
            invocation.daemon().hijack(start, new Json(Map.of("Detach", false, "Tty", tty)))) {
      var attachment = new Attachment(line, invocation.console(), tty, keys);
      if (input) {
        attachment.sendInput();
      }
      if (tty) {
        keyboard.followSize("exec", id);
      }
      return attachment.showOutput() ? 0 : exitCode(invocation, id);
    }
  }

  private static int exitCode(Invocation invocation, String id) throws IOException {
    Json exec = invocation.daemon().get(Target.of("exec", id, "json")).json();
    return (int) exec.get("ExitCode").number();
  }

  static Json body(Invocation invocation, boolean input) {
    var arguments = invocation.arguments();
    List<String> operands = arguments.operands();
    boolean attached = !arguments.flag("--detach");
    List<String> variables =
        arguments.list("--env").stream()
            .filter(v -> v.indexOf('=') >= 0 || invocation.environment().containsKey(v))
            .map(v -> v.indexOf('=') >= 0 ? v : v + "=" + invocation.environment().get(v))
            .toList();
    Fields body =
        new Fields(arguments)
            .put("AttachStdin", input)
            .put("AttachStdout", attached)
            .put("AttachStderr", attached)
            .put("Tty", arguments.flag("--tty"))
            .put("Cmd", operands.subList(1, operands.size()))
            .putAll("Env", variables)
            .text("User", "--user")
            .text("WorkingDir", "--workdir")
            .text("DetachKeys", "--detach-keys")
            .flag("Privileged", "--privileged");
    return new Json(body.map());
  }
}
