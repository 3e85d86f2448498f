package argosy.engine.build;

import argosy.engine.disk.Json;
import argosy.engine.dockerfile.Instruction;
import argosy.engine.dockerfile.Instruction.Command;
import argosy.engine.dockerfile.Instruction.Pair;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The line a step leaves in an image's history: a shell that does nothing, with a comment. */
final class HistoryText {
  private HistoryText() {}

  /** {@code shell}: the stage's. */
  static String of(List<String> shell, Instruction instruction) {
    return String.join(" ", shell) + " #(nop) " + text(instruction);
  }

  private static String text(Instruction instruction) {
    return switch (instruction) {
      case Instruction.Cmd(var command) -> " CMD " + command(command);
      case Instruction.Entrypoint(var command) -> " ENTRYPOINT " + command(command);
      case Instruction.Env(var variables) -> " ENV " + pairs(variables);
      case Instruction.Label(var labels) -> " LABEL " + pairs(labels);
      case Instruction.Arg(var arguments) -> " ARG " + pairs(arguments);
      case Instruction.Expose(var ports) -> " EXPOSE " + String.join(" ", ports);
      case Instruction.Volume(var paths) -> " VOLUME [" + String.join(" ", paths) + "]";
      case Instruction.User(var user) -> " USER " + user;
      case Instruction.Workdir(var path) -> "WORKDIR " + path;
      case Instruction.Stopsignal(var signal) -> " STOPSIGNAL " + signal;
      case Instruction.Shell(var words) -> " SHELL " + json(words);
      case Instruction.Onbuild(var line) -> " ONBUILD " + line;
      case Instruction.Maintainer(var name) -> " MAINTAINER " + name;
      case Instruction.Healthcheck check -> " HEALTHCHECK " + health(check);
      case Instruction.Copy copy -> copy.add() ? "ADD" : "COPY";
      case Instruction.From _, Instruction.Run _ ->
          throw new IllegalArgumentException("leaves another kind of line: " + instruction);
    };
  }

  /** A command's line says which arguments it saw, since another value is another step. */
  static String run(List<String> command, Map<String, String> arguments) {
    String words = String.join(" ", command);
    if (arguments.isEmpty()) {
      return words;
    }
    return "|%d %s %s"
        .formatted(
            arguments.size(),
            arguments.entrySet().stream()
                .map(argument -> argument.getKey() + "=" + argument.getValue())
                .collect(Collectors.joining(" ")),
            words);
  }

  private static String health(Instruction.Healthcheck check) {
    Command command = check.command();
    return command == null
        ? "NONE"
        : "interval=%s timeout=%s start-period=%s start-interval=%s retries=%d CMD %s"
            .formatted(
                check.interval(),
                check.timeout(),
                check.startPeriod(),
                check.startInterval(),
                check.retries(),
                command(command));
  }

  private static String command(Command command) {
    return command.exec() ? json(command.words()) : String.join(" ", command.words());
  }

  private static String pairs(List<Pair> pairs) {
    return pairs.stream()
        .map(pair -> pair.value() == null ? pair.name() : pair.name() + "=" + pair.value())
        .collect(Collectors.joining(" "));
  }

  private static String json(List<String> words) {
    try {
      return Json.mapper().writeValueAsString(words);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("strings are always JSON", e);
    }
  }
}
