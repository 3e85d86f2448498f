package argosy.cli.system;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Confirmation;
import argosy.cli.command.Filters;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.json.Json;
import argosy.cli.output.Size;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Removes what nobody uses, of one kind. */
public final class Prune implements Command {
  /** What can be pruned: the API's word, what is lost, and where the answer lists it. */
  public enum Kind {
    CONTAINER("containers", "all stopped containers", "ContainersDeleted"),
    IMAGE("images", "all dangling images", "ImagesDeleted"),
    NETWORK(
        "networks", "all custom networks not used by at least one container", "NetworksDeleted"),
    VOLUME("volumes", "anonymous volumes not used by at least one container", "VolumesDeleted");

    private final String path;
    private final String lost;
    private final String field;

    Kind(String path, String lost, String field) {
      this.path = path;
      this.lost = lost;
      this.field = field;
    }

    String word() {
      return path.substring(0, path.length() - 1);
    }

    private boolean hasAll() {
      return this == IMAGE || this == VOLUME;
    }
  }

  private final Kind kind;

  public Prune(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Form form() {
    var form =
        new Form(kind.word() + " prune", "Remove " + kind.lost)
            .flag("-f --force", "Do not ask first")
            .list("--filter", "NAME=VALUE", "Only those that fit, such as label=x or until=24h")
            .operands("", 0);
    return kind.hasAll()
        ? form.flag("-a --all", "Those with a name too, as long as nobody uses them")
        : form;
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    var arguments = invocation.arguments();
    boolean all = kind.hasAll() && arguments.flag("--all");
    String lost =
        all ? kind.lost.replace("anonymous ", "all ").replace("dangling ", "unused ") : kind.lost;
    var console = invocation.console();
    if (!arguments.flag("--force")
        && !Confirmation.given(console, "This will remove " + lost + ".")) {
      return 0;
    }
    long bytes = run(invocation, kind, all, arguments.list("--filter"));
    if (kind != Kind.NETWORK) {
      console.out().println("Total reclaimed space: " + Size.decimal(bytes));
    }
    return 0;
  }

  /** Prunes, prints what is gone, and gives the bytes that were reclaimed. */
  static long run(Invocation invocation, Kind kind, boolean all, List<String> asked)
      throws IOException {
    var filters = new ArrayList<>(asked);
    if (all) {
      filters.add(kind == Kind.IMAGE ? "dangling=false" : "all=true");
    }
    Target target = Target.of(kind.path, "prune").withText("filters", Filters.parameter(filters));
    Json answer = invocation.daemon().post(target).json();
    print(kind, answer.get(kind.field).list(), invocation.console().out());
    return answer.get("SpaceReclaimed").number();
  }

  private static void print(Kind kind, List<Json> gone, PrintStream out) {
    if (gone.isEmpty()) {
      return;
    }
    String word = kind.word();
    out.println("Deleted " + Character.toUpperCase(word.charAt(0)) + word.substring(1) + "s:");
    for (Json each : gone) {
      if (kind == Kind.IMAGE) {
        each.fields()
            .forEach((what, id) ->
                out.println(what.toLowerCase(java.util.Locale.ROOT) + ": " + id.text()));
      } else {
        out.println(each.text());
      }
    }
    out.println();
  }
}
