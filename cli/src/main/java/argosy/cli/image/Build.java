package argosy.cli.image;

import argosy.cli.client.Target;
import argosy.cli.command.Arguments;
import argosy.cli.command.Command;
import argosy.cli.command.Console;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.json.Json;
import argosy.cli.json.JsonStream;
import argosy.cli.output.Progress;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds an image from a Dockerfile. */
public final class Build implements Command {
  @Override
  public Form form() {
    return new Form("build", "Build an image from a Dockerfile")
        .list("-t --tag", "NAME[:TAG]", "Name of the image")
        .value("-f --file", "PATH", "The Dockerfile, - for standard input")
        .list("--build-arg", "NAME[=VALUE]", "Set an argument, without a value as here")
        .list("--label", "NAME=VALUE", "Put a label on the image")
        .value("--target", "STAGE", "Build up to this stage")
        .value("--network", "MODE", "Network of RUN commands")
        .value("--platform", "OS/ARCH", "Platform of the image")
        .list("--add-host", "NAME:ADDRESS", "Add a line to /etc/hosts of RUN commands")
        .list("--cache-from", "IMAGE", "Take steps from this image too")
        .value("--progress", "auto|plain", "Both are plain text here")
        .flag("--no-cache", "Do every step anew")
        .flag("--pull", "Pull base images even when they are there")
        .flag("--force-rm", "Remove the containers of failed steps too")
        .flag("-q --quiet", "Print the image's id only")
        .operands("DIRECTORY|URL|-", 1);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    var arguments = invocation.arguments();
    var console = invocation.console();
    var context =
        BuildContext.of(arguments.operands().getFirst(), arguments.text("--file"), console.in());
    var target = target(arguments, context, invocation.environment());
    var daemon = invocation.daemon();
    try (var answer =
        context.remote().isEmpty()
            ? daemon.post(target, "application/x-tar", context.sending()::to)
            : daemon.post(target)) {
      return show(answer.jsonStream(), console);
    }
  }

  private static Target target(
      Arguments arguments, BuildContext context, Map<String, String> environment) {
    var target =
        Target.of("build")
            .with("dockerfile", context.dockerfile())
            .with("rm", true)
            .withText("remote", context.remote())
            .withText("target", arguments.text("--target"))
            .withText("networkmode", arguments.text("--network"))
            .withText("platform", arguments.text("--platform"))
            .withText("buildargs", object(arguments.list("--build-arg"), environment))
            .withText("labels", object(arguments.list("--label"), Map.of()))
            .withText("cachefrom", array(arguments.list("--cache-from")));
    for (String tag : arguments.list("--tag")) {
      target = target.with("t", tag);
    }
    for (String host : arguments.list("--add-host")) {
      target = target.with("extrahosts", host);
    }
    for (var flag :
        Map.of("--no-cache", "nocache", "--pull", "pull", "--force-rm", "forcerm", "--quiet", "q")
            .entrySet()) {
      target = arguments.flag(flag.getKey()) ? target.with(flag.getValue(), true) : target;
    }
    return target;
  }

  /** A name alone takes its value from the environment, and is nothing without one. */
  private static String object(List<String> pairs, Map<String, String> environment) {
    var object = new LinkedHashMap<String, @Nullable Object>();
    for (String pair : pairs) {
      String[] halves = pair.split("=", 2);
      object.put(halves[0], halves.length > 1 ? halves[1] : environment.get(halves[0]));
    }
    return object.isEmpty() ? "" : new Json(object).compact();
  }

  private static String array(List<String> words) {
    return words.isEmpty() ? "" : new Json(words).compact();
  }

  /** The exit code of a command that failed is the build's, as with docker. */
  private static int show(JsonStream lines, Console console) throws IOException {
    var progress = new Progress(console.out(), console.terminal().output());
    for (Json line = lines.next(); line != null; line = lines.next()) {
      String error = line.get("errorDetail", "message").text();
      if (!error.isEmpty() || line.get("error").present()) {
        console.out().flush();
        console.complain(error.isEmpty() ? line.get("error").text() : error);
        long code = line.get("errorDetail", "code").number();
        return code == 0 ? 1 : (int) code;
      }
      progress.step(line);
    }
    return 0;
  }
}
