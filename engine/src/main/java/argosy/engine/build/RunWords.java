package argosy.engine.build;

import argosy.engine.dockerfile.Heredoc;
import argosy.engine.dockerfile.Instruction;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a RUN line runs.
 *
 * @param command the program and its arguments
 * @param shown the command as the history has it
 * @param script the file that the command names, to be mounted there, or null
 */
record RunWords(List<String> command, List<String> shown, @Nullable String script) {
  RunWords {
    command = List.copyOf(command);
    shown = List.copyOf(shown);
  }

  /** {@code shell}: the stage's. */
  static RunWords of(List<String> shell, Instruction.Run run) {
    String security = flag(run, "security");
    if (security.equals("insecure")) {
      throw new Refused(
          new Failure.NotImplemented(
              "RUN --security=insecure is not allowed here: run a privileged container instead"));
    }
    if (!security.isEmpty() && !security.equals("sandbox")) {
      throw BuildRun.refused("security mode \"%s\" is not supported".formatted(security));
    }
    if (!run.heredocs().isEmpty()) {
      return withHeredocs(shell, run);
    }
    var words = new ArrayList<String>(run.command().exec() ? List.of() : shell);
    words.addAll(run.command().words());
    return new RunWords(words, words, null);
  }

  /** {@code none}, {@code host}, or "" for the build's. */
  static String network(Instruction.Run run) {
    String network = flag(run, "network");
    return switch (network) {
      case "", "default" -> "";
      case "none", "host" -> network;
      default -> throw BuildRun.refused("network mode \"%s\" is not supported".formatted(network));
    };
  }

  private static String flag(Instruction.Run run, String name) {
    return run.flags().getOrDefault(name, List.of("")).getLast();
  }

  /** A line that is one here-document and nothing else is its script; else the shell reads all. */
  private static RunWords withHeredocs(List<String> shell, Instruction.Run run) {
    String line = String.join(" ", run.command().words()).strip();
    var only = run.heredocs().getFirst();
    var words = new ArrayList<>(shell);
    if (run.heredocs().size() == 1
        && line.matches("<<-?\\s*['\"]?" + Pattern.quote(only.name()) + "['\"]?")) {
      words.add(only.content());
      return only.content().startsWith("#!")
          ? new RunWords(List.of("/dev/pipes/" + only.name()), words, only.content())
          : new RunWords(words, words, null);
    }
    var text = new StringBuilder(line);
    for (Heredoc heredoc : run.heredocs()) {
      text.append('\n').append(heredoc.content()).append(heredoc.name());
    }
    words.add(text.append('\n').toString());
    return new RunWords(words, words, null);
  }
}
