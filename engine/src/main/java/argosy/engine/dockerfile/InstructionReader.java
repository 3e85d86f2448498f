package argosy.engine.dockerfile;

import argosy.engine.dockerfile.Instruction.Command;
import argosy.engine.dockerfile.Instruction.Pair;
import argosy.engine.failure.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns a line into its instruction, or refuses it with the words Docker's users know. */
final class InstructionReader {
  private static final Pattern STAGE = Pattern.compile("[a-z][a-z0-9-_.]*");

  private final Words words;

  InstructionReader(char escape) {
    this.words = new Words(escape);
  }

  Instruction read(LogicalLine line) {
    String[] halves = line.text().split("\\s+", 2);
    String name = halves[0].toUpperCase(Locale.ROOT);
    String rest = halves.length > 1 ? halves[1].strip() : "";
    var flags = Flags.read(line, name, rest);
    return read(line, halves[0], name, flags);
  }

  private Instruction read(LogicalLine line, String written, String name, Flags flags) {
    String rest = flags.rest();
    return switch (name) {
      case "FROM" -> from(line, flags);
      case "RUN" ->
          new Instruction.Run(command(some(line, name, rest)), flags.values(), line.heredocs());
      case "CMD" -> new Instruction.Cmd(command(rest));
      case "ENTRYPOINT" -> new Instruction.Entrypoint(command(some(line, name, rest)));
      case "LABEL" -> new Instruction.Label(words.pairs(line, name, some(line, name, rest)));
      case "EXPOSE" -> new Instruction.Expose(words.split(some(line, name, rest)));
      case "ENV" -> new Instruction.Env(words.pairs(line, name, some(line, name, rest)));
      case "ADD", "COPY" -> copy(line, name, flags);
      case "VOLUME" -> volume(line, some(line, name, rest));
      case "USER" -> new Instruction.User(one(line, name, rest));
      case "WORKDIR" -> new Instruction.Workdir(one(line, name, rest));
      case "ARG" -> arg(line, some(line, name, rest));
      case "ONBUILD" -> onbuild(line, some(line, name, rest));
      case "STOPSIGNAL" -> new Instruction.Stopsignal(one(line, name, rest));
      case "HEALTHCHECK" -> health(line, flags);
      case "SHELL" -> shell(line, some(line, name, rest));
      case "MAINTAINER" -> new Instruction.Maintainer(one(line, name, rest));
      default -> throw unknown(line, written);
    };
  }

  private Instruction from(LogicalLine line, Flags flags) {
    List<String> all = words.split(flags.rest());
    if (all.size() == 1) {
      return new Instruction.From(all.getFirst(), flags.value("platform"), null);
    }
    if (all.size() != 3 || !all.get(1).equalsIgnoreCase("AS")) {
      throw ParseProblem.at(line.number(), "FROM requires either one or three arguments");
    }
    String as = all.get(2).toLowerCase(Locale.ROOT);
    if (!STAGE.matcher(as).matches()) {
      throw ParseProblem.at(
          line.number(),
          "invalid name for build stage: \"%s\", name can't start with a number or contain symbols"
              .formatted(all.get(2)));
    }
    return new Instruction.From(all.getFirst(), flags.value("platform"), as);
  }

  private Instruction copy(LogicalLine line, String name, Flags flags) {
    List<String> all = new ArrayList<>(words.list(flags.rest()));
    if (all.size() < 2) {
      throw ParseProblem.at(
          line.number(),
          name
              + " requires at least two arguments, but only one was provided."
              + " Destination could not be determined");
    }
    String destination = all.removeLast();
    var others = new LinkedHashMap<String, List<String>>(flags.values());
    List<String> from = others.remove("from");
    all.removeIf(word -> isHeredoc(line, word));
    return new Instruction.Copy(
        name.equals("ADD"),
        all,
        destination,
        from == null ? null : from.getLast(),
        others,
        line.heredocs());
  }

  private static boolean isHeredoc(LogicalLine line, String word) {
    String bare = word.replaceFirst("^<<-?", "").replaceAll("^['\"]|['\"]$", "");
    return word.startsWith("<<")
        && line.heredocs().stream().anyMatch(document -> document.name().equals(bare));
  }

  private Instruction volume(LogicalLine line, String rest) {
    List<String> paths = words.list(rest);
    if (paths.stream().anyMatch(String::isBlank)) {
      throw ParseProblem.at(line.number(), "VOLUME specified can not be an empty string");
    }
    return new Instruction.Volume(paths);
  }

  private Instruction arg(LogicalLine line, String rest) {
    var arguments = new ArrayList<Pair>();
    for (String word : words.split(rest)) {
      int equals = word.indexOf('=');
      if (equals == 0) {
        throw ParseProblem.at(line.number(), "ARG names can not be blank");
      }
      arguments.add(
          equals < 0
              ? new Pair(word, null)
              : new Pair(word.substring(0, equals), word.substring(equals + 1)));
    }
    return new Instruction.Arg(arguments);
  }

  private Instruction onbuild(LogicalLine line, String rest) {
    String trigger = rest.split("\\s+", 2)[0].toUpperCase(Locale.ROOT);
    if (trigger.equals("ONBUILD")) {
      throw ParseProblem.at(line.number(), "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
    }
    if (trigger.equals("FROM") || trigger.equals("MAINTAINER")) {
      throw ParseProblem.at(line.number(), trigger + " isn't allowed as an ONBUILD trigger");
    }
    read(new LogicalLine(line.number(), rest, line.heredocs()));
    return new Instruction.Onbuild(rest);
  }

  private Instruction health(LogicalLine line, Flags flags) {
    String[] halves = flags.rest().split("\\s+", 2);
    String kind = halves[0].toUpperCase(Locale.ROOT);
    if (kind.equals("NONE")) {
      if (halves.length > 1) {
        throw ParseProblem.at(line.number(), "HEALTHCHECK NONE takes no arguments");
      }
      return Instruction.Healthcheck.NONE;
    }
    if (kind.isEmpty()) {
      throw ParseProblem.at(line.number(), "HEALTHCHECK requires at least one argument");
    }
    if (!kind.equals("CMD")) {
      throw ParseProblem.at(
          line.number(), "Unknown type \"%s\" in HEALTHCHECK (try CMD)".formatted(halves[0]));
    }
    if (halves.length < 2) {
      throw ParseProblem.at(line.number(), "Missing command after HEALTHCHECK CMD");
    }
    return new Instruction.Healthcheck(
        command(halves[1]),
        duration(line, flags, "interval"),
        duration(line, flags, "timeout"),
        duration(line, flags, "start-period"),
        duration(line, flags, "start-interval"),
        retries(line, flags.value("retries")));
  }

  private static Duration duration(LogicalLine line, Flags flags, String name) {
    String text = flags.value(name);
    if (text == null) {
      return Duration.ZERO;
    }
    Duration duration;
    try {
      duration = GoDuration.parse(text);
    } catch (Refused e) {
      throw new Refused(ParseProblem.at(line.number(), e.failure().message()).failure(), e);
    }
    if (!duration.isZero() && duration.compareTo(Duration.ofMillis(1)) < 0) {
      throw ParseProblem.at(
          line.number(), "Interval \"%s\" cannot be less than 1ms".formatted(name));
    }
    return duration;
  }

  private static int retries(LogicalLine line, @Nullable String text) {
    if (text == null) {
      return 0;
    }
    try {
      int retries = Integer.parseInt(text);
      if (retries >= 0) {
        return retries;
      }
    } catch (NumberFormatException e) {
      throw new Refused(
          ParseProblem.at(line.number(), "--retries is no number: " + text).failure(), e);
    }
    throw ParseProblem.at(line.number(), "--retries cannot be negative (%s)".formatted(text));
  }

  private Instruction shell(LogicalLine line, String rest) {
    List<String> all =
        Words.array(rest)
            .orElseThrow(() ->
                ParseProblem.at(line.number(), "SHELL requires the arguments to be in JSON form"));
    if (all.isEmpty()) {
      throw ParseProblem.at(line.number(), "SHELL requires at least one argument");
    }
    return new Instruction.Shell(all);
  }

  private static Command command(String rest) {
    return Words.array(rest)
        .map(all -> new Command(true, all))
        .orElseGet(() -> new Command(false, rest.isEmpty() ? List.of() : List.of(rest)));
  }

  private static String some(LogicalLine line, String name, String rest) {
    if (rest.isEmpty()) {
      throw ParseProblem.at(line.number(), name + " requires at least one argument");
    }
    return rest;
  }

  private static String one(LogicalLine line, String name, String rest) {
    if (rest.isEmpty()) {
      throw ParseProblem.at(line.number(), name + " requires exactly one argument");
    }
    return rest;
  }

  private static Refused unknown(LogicalLine line, String written) {
    return ParseProblem.at(line.number(), "unknown instruction: " + written);
  }
}
