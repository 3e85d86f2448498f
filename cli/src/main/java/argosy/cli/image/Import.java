package argosy.cli.image;

import argosy.cli.client.Answer;
import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.output.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes an image of a tar of files. */
public final class Import implements Command {
  @Override
  public Form form() {
    return new Form("import", "Make an image of a tar of files")
        .list("-c --change", "LINE", "Apply a Dockerfile instruction to it")
        .value("-m --message", "TEXT", "Why")
        .value("--platform", "OS/ARCH", "Platform of the image")
        .operands("FILE|URL|- [REPOSITORY[:TAG]]", 1, 2);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    var arguments = invocation.arguments();
    String source = arguments.operands().getFirst();
    boolean remote = source.startsWith("http://") || source.startsWith("https://");
    Target target =
        Target.of("images", "create")
            .with("fromSrc", remote ? source : "-")
            .withText("message", arguments.text("--message"))
            .withText("platform", arguments.text("--platform"));
    if (arguments.operands().size() > 1) {
      target = target.with("repo", arguments.operands().get(1));
    }
    for (String change : arguments.list("--change")) {
      target = target.with("changes", change);
    }
    try (Answer answer = answer(invocation, source, target, remote)) {
      new Progress(invocation.console().out(), false).show(answer.jsonStream());
    }
    return 0;
  }

  private static Answer answer(Invocation invocation, String source, Target target, boolean remote)
      throws IOException {
    if (remote) {
      return invocation.daemon().post(target);
    }
    try (InputStream in =
        source.equals("-") ? invocation.console().in() : Files.newInputStream(Path.of(source))) {
      return invocation.daemon().send("POST", target, "application/x-tar", in);
    }
  }
}
