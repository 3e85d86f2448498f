package argosy.engine.dockerfile;

import argosy.engine.dockerfile.Instruction.Pair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An instruction with its variables put in, where the Dockerfile reference lets variables stand
 * ("Environment replacement"). RUN, CMD, ENTRYPOINT, HEALTHCHECK, SHELL, ONBUILD and MAINTAINER
 * stay as written: their variables are the shell's.
 */
public final class Expanded {
  private final Expansion expansion;

  private Expanded(Expansion expansion) {
    this.expansion = expansion;
  }

  public static Instruction of(Instruction instruction, Expansion expansion) {
    return new Expanded(expansion).of(instruction);
  }

  private Instruction of(Instruction instruction) {
    return switch (instruction) {
      case Instruction.From(var image, var platform, var as) ->
          new Instruction.From(
              expansion.word(image), platform == null ? null : expansion.word(platform), as);
      case Instruction.Label(var labels) -> new Instruction.Label(pairs(labels));
      case Instruction.Env(var variables) -> new Instruction.Env(pairs(variables));
      case Instruction.Arg(var arguments) -> new Instruction.Arg(pairs(arguments));
      case Instruction.Expose(var ports) ->
          new Instruction.Expose(
              ports.stream().flatMap(port -> expansion.words(port).stream()).toList());
      case Instruction.Volume(var paths) ->
          new Instruction.Volume(paths.stream().map(expansion::word).toList());
      case Instruction.User(var user) -> new Instruction.User(expansion.word(user));
      case Instruction.Workdir(var path) -> new Instruction.Workdir(expansion.word(path));
      case Instruction.Stopsignal(var signal) -> new Instruction.Stopsignal(expansion.word(signal));
      case Instruction.Copy copy -> copy(copy);
      case Instruction.Run run -> run;
      case Instruction.Cmd cmd -> cmd;
      case Instruction.Entrypoint entrypoint -> entrypoint;
      case Instruction.Onbuild onbuild -> onbuild;
      case Instruction.Healthcheck check -> check;
      case Instruction.Shell shell -> shell;
      case Instruction.Maintainer maintainer -> maintainer;
    };
  }

  private Instruction copy(Instruction.Copy copy) {
    var flags = new LinkedHashMap<String, List<String>>();
    for (Map.Entry<String, List<String>> flag : copy.flags().entrySet()) {
      flags.put(flag.getKey(), flag.getValue().stream().map(expansion::word).toList());
    }
    return new Instruction.Copy(
        copy.add(),
        copy.sources().stream().map(expansion::word).toList(),
        expansion.word(copy.destination()),
        copy.from() == null ? null : expansion.word(copy.from()),
        flags,
        copy.heredocs().stream().map(this::heredoc).toList());
  }

  private Heredoc heredoc(Heredoc written) {
    return written.expand()
        ? new Heredoc(written.name(), expansion.text(written.content()), false, written.chomp())
        : written;
  }

  private List<Pair> pairs(List<Pair> written) {
    var pairs = new ArrayList<Pair>();
    for (Pair pair : written) {
      String value = pair.value();
      pairs.add(
          new Pair(expansion.word(pair.name()), value == null ? null : expansion.word(value)));
    }
    return pairs;
  }
}
