package argosy.engine.build;

import argosy.engine.dockerfile.GoDuration;
import argosy.engine.dockerfile.GoText;
import argosy.engine.dockerfile.Instruction;
import argosy.engine.dockerfile.Instruction.Command;
import argosy.engine.dockerfile.Instruction.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The line a step leaves in an image's history: a shell that does nothing, with a comment. */
final class HistoryText {
  private HistoryText() {}

  /** {@code shell}: the stage's. */
  static String of(List<String> shell, Instruction instruction) {
    return String.join(" ", shell) + " #(nop) " + text(shell, instruction);
  }

  private static String text(List<String> shell, Instruction instruction) {
    return switch (instruction) {
      case Instruction.Cmd(var command) -> " CMD " + command(shell, command);
      case Instruction.Entrypoint(var command) -> " ENTRYPOINT " + command(shell, command);
      case Instruction.Env(var variables) -> " ENV " + pairs(variables);
      case Instruction.Label(var labels) -> " LABEL " + pairs(labels);
      case Instruction.Arg(var arguments) -> " ARG " + pairs(arguments);
      case Instruction.Expose(var ports) ->
          " EXPOSE " + ports.stream().sorted().collect(Collectors.joining(" "));
      case Instruction.Volume(var paths) -> " VOLUME [" + String.join(" ", paths) + "]";
      case Instruction.User(var user) -> " USER " + user;
      case Instruction.Workdir(var path) -> "WORKDIR " + path;
      case Instruction.Stopsignal(var signal) -> " STOPSIGNAL " + signal;
      case Instruction.Shell(var words) -> " SHELL [" + String.join(" ", words) + "]";
      case Instruction.Onbuild(var line) -> " ONBUILD " + line;
      case Instruction.Maintainer(var name) -> " MAINTAINER " + name;
      case Instruction.Healthcheck check -> " HEALTHCHECK " + health(check);
      case Instruction.Copy copy -> copy.add() ? "ADD" : "COPY";
      case Instruction.From _, Instruction.Run _ ->
          throw new IllegalArgumentException("leaves another kind of line: " + instruction);
    };
  }

  /**
   * A command's line says which arguments it saw, since another value is another step.
   *
   * @param told those that are told
   * @param saw whether there were any, told or not
   */
  static String run(List<String> command, Map<String, String> told, boolean saw) {
    String words = String.join(" ", command);
    if (!saw) {
      return words;
    }
    var line = new ArrayList<String>(List.of("|" + told.size()));
    told.forEach((name, value) -> line.add(name + "=" + value));
    line.add(words);
    return String.join(" ", line);
  }

  /** As Go prints the structure that Docker keeps. */
  private static String health(Instruction.Healthcheck check) {
    Command command = check.command();
    var test = new ArrayList<String>();
    if (command == null) {
      test.add("NONE");
    } else {
      test.add(command.exec() ? "CMD" : "CMD-SHELL");
      test.addAll(command.words());
    }
    return "&{%s \"%s\" \"%s\" \"%s\" \"%s\" %s}"
        .formatted(
            GoText.quoted(test),
            GoDuration.text(check.interval()),
            GoDuration.text(check.timeout()),
            GoDuration.text(check.startPeriod()),
            GoDuration.text(check.startInterval()),
            GoText.character(check.retries()));
  }

  private static String command(List<String> shell, Command command) {
    var words = new ArrayList<String>(command.exec() ? List.of() : shell);
    words.addAll(command.words());
    return GoText.quoted(words);
  }

  private static String pairs(List<Pair> pairs) {
    return pairs.stream()
        .map(pair -> pair.value() == null ? pair.name() : pair.name() + "=" + pair.value())
        .collect(Collectors.joining(" "));
  }
}
