package argosy.engine.build;

import argosy.engine.container.life.Signals;
import argosy.engine.dockerfile.Expanded;
import argosy.engine.dockerfile.Expansion;
import argosy.engine.dockerfile.Instruction;
import argosy.engine.dockerfile.Instruction.Pair;
import argosy.engine.image.manifest.ConfigEdits;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stage between two steps: the configuration the next image gets, and the arguments. Each step
 * changes it and says what is to be done.
 */
final class StageState {
  private final char escape;
  private final ObjectNode config;
  private final ConfigEdits edits;
  private final Arguments arguments;

  /** {@code config}: the base image's {@code config} object; is changed in place. */
  StageState(char escape, ObjectNode config, Arguments arguments) {
    this.escape = escape;
    this.config = config;
    this.edits = new ConfigEdits(config);
    this.arguments = arguments;
  }

  ObjectNode config() {
    return config;
  }

  /** What an instruction asks for, its effect on the configuration already done. */
  Deed decide(Instruction written) {
    var expansion = new Expansion(escape, this::variable);
    var instruction =
        written instanceof Instruction.Arg(var lines)
            ? declared(lines, expansion)
            : Expanded.of(written, expansion);
    return switch (instruction) {
      case Instruction.Run run -> run(run);
      case Instruction.Copy copy -> copy(copy);
      case Instruction.Maintainer(var name) -> new Deed.Sign(line(instruction), name);
      case Instruction.Workdir _ -> workdir(instruction);
      case Instruction.Stopsignal(var signal) -> {
        Signals.parse(signal, Signals.TERM);
        edits.apply(instruction);
        yield new Deed.Configure(line(instruction));
      }
      case Instruction.From _ ->
          throw new IllegalArgumentException("FROM begins a stage and is no step of one");
      case Instruction.Arg _ -> new Deed.Configure(line(instruction));
      case Instruction.Cmd _,
          Instruction.Entrypoint _,
          Instruction.Env _,
          Instruction.Label _,
          Instruction.Expose _,
          Instruction.Volume _,
          Instruction.User _,
          Instruction.Shell _,
          Instruction.Onbuild _,
          Instruction.Healthcheck _ -> {
        edits.apply(instruction);
        yield new Deed.Configure(line(instruction));
      }
    };
  }

  private String line(Instruction instruction) {
    return HistoryText.of(edits.shell(), instruction);
  }

  /** One by one, so that an argument may use the one before it. */
  private Instruction declared(List<Pair> lines, Expansion expansion) {
    var pairs = new ArrayList<Pair>();
    for (Pair line : lines) {
      String name = expansion.word(line.name());
      String value = line.value();
      String standard = value == null ? null : expansion.word(value);
      arguments.declare(name, standard);
      pairs.add(new Pair(name, standard));
    }
    return new Instruction.Arg(pairs);
  }

  /** The environment hides an argument of the same name. */
  private @Nullable String variable(String name) {
    String value = environment().get(name);
    return value == null ? arguments.value(name) : value;
  }

  private Map<String, String> environment() {
    var environment = new LinkedHashMap<String, String>();
    for (JsonNode entry : config.path("Env")) {
      String[] halves = entry.asText().split("=", 2);
      environment.put(halves[0], halves.length > 1 ? halves[1] : "");
    }
    return environment;
  }

  private Deed workdir(Instruction instruction) {
    edits.apply(instruction);
    String path = config.path("WorkingDir").asText();
    return new Deed.Enter(line(new Instruction.Workdir(path)), path);
  }

  private Deed run(Instruction.Run run) {
    var words = RunWords.of(edits.shell(), run);
    var mounts = mounts(run);
    var environment = environment();
    boolean saw = !environment.keySet().containsAll(arguments.all().keySet());
    var told = arguments.told();
    told.keySet().removeAll(environment.keySet());
    arguments.all().forEach(environment::putIfAbsent);
    return new Deed.Run(
        HistoryText.run(words.shown(), told, saw) + flags(run),
        words.command(),
        environment.entrySet().stream().map(one -> one.getKey() + "=" + one.getValue()).toList(),
        RunWords.network(run),
        mounts,
        words.script());
  }

  private List<RunMount> mounts(Instruction.Run run) {
    var expansion = new Expansion(escape, this::variable);
    String directory = config.path("WorkingDir").asText("");
    return run.flags().getOrDefault("mount", List.of()).stream()
        .map(text -> RunMount.parse(expansion.text(text), directory))
        .toList();
  }

  /** A command that sees other files or another network is another step. */
  private static String flags(Instruction.Run run) {
    var text = new StringBuilder();
    for (String name : List.of("mount", "network")) {
      run.flags()
          .getOrDefault(name, List.of())
          .forEach(value -> text.append(" --").append(name).append('=').append(value));
    }
    return text.isEmpty() ? "" : " #" + text;
  }

  private Deed copy(Instruction.Copy copy) {
    boolean directory = copy.destination().endsWith("/") || copy.destination().endsWith("/.");
    String resolved =
        ConfigEdits.resolved(config.path("WorkingDir").asText(""), copy.destination());
    boolean bare = copy.destination().equals(".") || copy.destination().equals("");
    String destination = (directory || bare) && !resolved.equals("/") ? resolved + "/" : resolved;
    return new Deed.Copy(line(copy), copy, destination);
  }
}
