package argosy.cli;

import argosy.cli.command.Arguments;
import argosy.cli.command.Command;

/** What {@code argosy --help} prints: made from the commands' own forms, so that it stays true. */
final class Help {
  private static final int COLUMN = 20;

  private Help() {}

  static String text() {
    var text =
        new StringBuilder(
            """
            Usage: argosy [-H URL] [--node NAME | --cluster] COMMAND

            Talks to argosyd, or to any daemon that speaks the Docker Engine API.

            Options:
              -H, --host URL   The daemon: unix:///PATH or tcp://HOST:PORT[/BASE]
                               (or $ARGOSY_HOST, or $DOCKER_HOST; else %s)
                  --node NAME  Speak to this node, through the daemon
                  --cluster    Speak to all nodes as one engine
              -v, --version    Print this program's version

            Commands:
            """
                .replace("%s", Argosy.DEFAULT_HOST));
    for (String name : CommandTree.NAMES) {
      Command command = CommandTree.find(name);
      if (command != null) {
        text.append("  ").append(name).repeat(' ', COLUMN - name.length());
        text.append(Arguments.summary(command.form())).append('\n');
      }
    }
    return text.append("\nargosy COMMAND --help says more about one.\n").toString();
  }
}
