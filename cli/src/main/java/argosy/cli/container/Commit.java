package argosy.cli.container;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import java.io.IOException;

/** Makes an image of a container. */
public final class Commit implements Command {
  @Override
  public Form form() {
    return new Form("commit", "Make an image of a container")
        .value("-a --author", "NAME", "Its author")
        .list("-c --change", "LINE", "Apply a Dockerfile instruction to it")
        .value("-m --message", "TEXT", "Why")
        .flag("-p --pause", "Pause the container meanwhile (it is, unless --no-pause)")
        .flag("--no-pause", "Do not pause the container meanwhile")
        .operands("CONTAINER [REPOSITORY[:TAG]]", 1, 2);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    var arguments = invocation.arguments();
    var operands = arguments.operands();
    String name = operands.size() > 1 ? operands.get(1) : "";
    int colon = name.indexOf(':', name.lastIndexOf('/') + 1);
    Target commit =
        Target.of("commit")
            .with("container", operands.getFirst())
            .withText("repo", colon < 0 ? name : name.substring(0, colon))
            .withText("tag", colon < 0 ? "" : name.substring(colon + 1))
            .withText("author", arguments.text("--author"))
            .withText("comment", arguments.text("--message"))
            .with("pause", arguments.flag("--no-pause") ? "0" : "1");
    for (String change : arguments.list("--change")) {
      commit = commit.with("changes", change);
    }
    String id = invocation.daemon().post(commit).json().get("Id").text();
    invocation.console().out().println(id);
    return 0;
  }
}
