package argosy.cli.system;

import argosy.cli.client.Refusal;
import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.json.Json;
import argosy.cli.output.Template;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Shows all there is to know about containers, images, networks and volumes. */
public final class Inspect implements Command {
  private static final List<String> KINDS = List.of("container", "image", "network", "volume");
  private static final int NOT_FOUND = 404;

  private final String kind;

  /** Of whatever kind. */
  public Inspect() {
    this("");
  }

  /** {@code kind}: "container", "image", "network" or "volume"; "" for any. */
  public Inspect(String kind) {
    this.kind = kind;
  }

  @Override
  public Form form() {
    var form =
        kind.isEmpty()
            ? new Form("inspect", "Show all about containers, images, networks or volumes")
                .value("--type", "TYPE", "container, image, network or volume only")
            : new Form(kind + " inspect", "Show all about " + kind + "s");
    return form.value("-f --format", "FORMAT", "json, or a template such as {{.State.Status}}")
        .flag("-s --size", "Show sizes")
        .operandsFrom("NAME [NAME...]", 1);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    var arguments = invocation.arguments();
    String format = arguments.text("--format");
    List<Json> found = new ArrayList<>();
    int code = invocation.each(arguments.operands(), name -> found.add(inspect(invocation, name)));
    var out = invocation.console().out();
    if (format.isEmpty()) {
      out.println(new Json(found).indented());
    } else {
      Template template = Template.parse(format.equals("json") ? "{{json .}}" : format);
      found.forEach(thing -> out.println(template.render(thing)));
    }
    return code;
  }

  private Json inspect(Invocation invocation, String name) throws IOException {
    String type = kind.isEmpty() ? invocation.arguments().text("--type") : kind;
    if (!type.isEmpty() && !KINDS.contains(type)) {
      throw new IllegalArgumentException("--type: \"" + type + "\" is none of " + KINDS);
    }
    for (String each : type.isEmpty() ? KINDS : List.of(type)) {
      try {
        return invocation.daemon().get(target(invocation, each, name)).json();
      } catch (Refusal refusal) {
        if (refusal.status() != NOT_FOUND || !type.isEmpty()) {
          throw refusal;
        }
      }
    }
    throw new Refusal(NOT_FOUND, "No such object: " + name);
  }

  private static Target target(Invocation invocation, String kind, String name) {
    boolean size = invocation.arguments().flag("--size");
    return switch (kind) {
      case "container" -> Target.of("containers", name, "json").with("size", size);
      case "image" -> Target.of("images", name, "json");
      case "network" -> Target.of("networks", name);
      default -> Target.of("volumes", name);
    };
  }
}
