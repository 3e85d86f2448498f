package argosy.cli.container;

import argosy.cli.client.Answer;
import argosy.cli.client.Line;
import argosy.cli.client.Refusal;
import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.json.Json;
import argosy.cli.output.OutputClosed;
import java.io.Closeable;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/**
 * Creates a container, attaches, and starts it: attach and wait stand before start, so that not one
 * byte and no exit is missed. Exit codes are docker's: 125 the daemon, 126 a command that can not
 * be run, 127 one that is not there, else the container's own.
 */
public final class Run implements Command {
  private static final int DAEMON_FAILED = 125;
  private static final int NOT_EXECUTABLE = 126;
  private static final int NOT_THERE = 127;

  @Override
  public Form form() {
    return CreateForm.on(
        new Form("run", "Create a container and run a command in it")
            .flag("-d --detach", "Leave it running and print its id")
            .value("--detach-keys", "KEYS", "Keys that leave a TTY without ending it"));
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    try {
      if (invocation.arguments().flag("--detach")) {
        return detached(invocation);
      }
      return attached(invocation);
    } catch (OutputClosed nobodyReads) {
      throw nobodyReads;
    } catch (IOException e) {
      invocation.console().complain(String.valueOf(e.getMessage()));
      return e instanceof Refusal refusal ? exitCode(refusal.said()) : DAEMON_FAILED;
    }
  }

  private static int detached(Invocation invocation) throws IOException {
    String id = new Creation(invocation).create();
    invocation.daemon().post(Target.of("containers", id, "start")).close();
    invocation.console().out().println(id);
    return 0;
  }

  private static int attached(Invocation invocation) throws IOException {
    var arguments = invocation.arguments();
    Set<String> streams = ContainerBody.attached(arguments);
    boolean tty = arguments.flag("--tty");
    boolean input = streams.contains("stdin");
    DetachKeys keys = DetachKeys.parse(arguments.text("--detach-keys"));
    var keyboard = new Keyboard(invocation.daemon(), invocation.console());
    keyboard.checkTty(tty, input);
    String id = new Creation(invocation).create();
    Line line = invocation.daemon().hijack(attach(invocation, id, streams), Json.NULL);
    try (line;
        Answer exit = invocation.daemon().post(wait(arguments.flag("--rm"), id));
        Closeable _ = keyboard.raw(tty && input)) {
      var attachment = new Attachment(line, invocation.console(), tty, keys);
      if (!tty) {
        keyboard.forwardSignals(id);
      }
      start(invocation, id, exit);
      if (input) {
        attachment.sendInput();
      }
      if (tty) {
        keyboard.followSize("containers", id);
      }
      return attachment.showOutput() ? 0 : exitCode(exit.json());
    }
  }

  private static Target attach(Invocation invocation, String id, Set<String> streams) {
    return Target.of("containers", id, "attach")
        .with("stream", true)
        .with("stdin", streams.contains("stdin"))
        .with("stdout", streams.contains("stdout"))
        .with("stderr", streams.contains("stderr"))
        .withText("detachKeys", invocation.arguments().text("--detach-keys"));
  }

  private static Target wait(boolean removed, String id) {
    return Target.of("containers", id, "wait").with("condition", removed ? "removed" : "next-exit");
  }

  /** What can not be started and was to be removed is gone before the command returns. */
  private static void start(Invocation invocation, String id, Answer exit) throws IOException {
    try {
      invocation.daemon().post(Target.of("containers", id, "start")).close();
    } catch (Refusal refusal) {
      if (invocation.arguments().flag("--rm")) {
        exit.json();
      }
      throw refusal;
    }
  }

  static int exitCode(Json exit) throws IOException {
    String error = exit.get("Error", "Message").text();
    if (!error.isEmpty()) {
      throw new Refusal(500, error);
    }
    return (int) exit.get("StatusCode").number();
  }

  /** What the daemon's words about a failed start mean to a shell. */
  static int exitCode(String message) {
    String said = message.toLowerCase(Locale.ROOT);
    if (said.contains("executable file not found")
        || said.contains("no such file or directory")
        || said.contains("system cannot find the file specified")) {
      return NOT_THERE;
    }
    return said.contains("permission denied") || said.contains("is a directory")
        ? NOT_EXECUTABLE
        : DAEMON_FAILED;
  }
}
