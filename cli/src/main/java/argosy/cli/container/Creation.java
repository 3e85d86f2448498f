package argosy.cli.container;

import argosy.cli.client.Refusal;
import argosy.cli.client.Target;
import argosy.cli.command.Arguments;
import argosy.cli.command.Console;
import argosy.cli.command.Invocation;
import argosy.cli.image.Reference;
import argosy.cli.json.Json;
import argosy.cli.output.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Creates a container, and pulls its image when the daemon does not have it. */
record Creation(Invocation invocation) {
  private static final int NOT_FOUND = 404;

  /** The new container's id. */
  String create() throws IOException {
    Arguments arguments = invocation.arguments();
    Json body = new ContainerBody(arguments, invocation.environment()).json();
    String when = arguments.text("--pull", "missing");
    switch (when) {
      case "always" -> pull();
      case "missing", "never" -> {}
      default ->
          throw new IllegalArgumentException("--pull: always, missing or never, not " + when);
    }
    Json created = when.equals("missing") ? createOrPull(body) : post(body);
    created.get("Warnings").list().forEach(w -> invocation.console().complain(w.text()));
    String id = created.get("Id").text();
    record(id);
    return id;
  }

  private Json createOrPull(Json body) throws IOException {
    try {
      return post(body);
    } catch (Refusal refusal) {
      if (refusal.status() != NOT_FOUND || !refusal.said().contains("No such image")) {
        throw refusal;
      }
      if (!invocation.arguments().flag("--quiet")) {
        invocation.console().err().println("Unable to find image '" + reference() + "' locally");
      }
      pull();
      return post(body);
    }
  }

  private Json post(Json body) throws IOException {
    Arguments arguments = invocation.arguments();
    Target target =
        Target.of("containers", "create")
            .withText("name", arguments.text("--name"))
            .withText("platform", arguments.text("--platform"));
    return invocation.daemon().post(target, body).json();
  }

  private Reference reference() {
    return Reference.parse(invocation.arguments().operands().getFirst());
  }

  /** Progress goes to stderr: stdout is the container's. */
  private void pull() throws IOException {
    Console console = invocation.console();
    boolean quiet = invocation.arguments().flag("--quiet");
    PrintStream shown = quiet ? new PrintStream(OutputStream.nullOutputStream()) : console.err();
    Target target = reference().pull(invocation.arguments().text("--platform"));
    try (var answer = invocation.daemon().post(target)) {
      new Progress(shown, !quiet && console.terminal().error()).show(answer.jsonStream());
    }
  }

  private void record(String id) throws IOException {
    String file = invocation.arguments().text("--cidfile");
    if (!file.isEmpty()) {
      Files.writeString(Path.of(file), id, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }
  }
}
