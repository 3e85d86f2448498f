package argosy.engine.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A whole Dockerfile.
 *
 * @param escape the character that escapes: a backslash, or a backtick by directive
 * @param globals the ARG lines before the first FROM; FROM lines alone see them
 * @param warnings sentences about what is allowed and better left
 */
public record Dockerfile(
    char escape, List<Step> globals, List<Stage> stages, List<String> warnings) {
  public Dockerfile {
    warnings = List.copyOf(warnings);
    globals = List.copyOf(globals);
    stages = List.copyOf(stages);
  }

  /**
   * Reads a Dockerfile.
   *
   * @throws argosy.engine.failure.Refused with the line and what is wrong there
   */
  public static Dockerfile parse(String text) {
    var read = LogicalLines.read(text);
    var reader = new InstructionReader(read.escape());
    var globals = new ArrayList<Step>();
    var stages = new ArrayList<Stage>();
    for (LogicalLine line : read.lines()) {
      var step = new Step(line.number(), line.text(), reader.read(line));
      if (step.instruction() instanceof Instruction.From from) {
        stages.add(new Stage(stages.size(), step, from, List.of()));
      } else if (!stages.isEmpty()) {
        stages.add(with(stages.removeLast(), step));
      } else if (step.instruction() instanceof Instruction.Arg) {
        globals.add(step);
      } else {
        throw ParseProblem.inFile("no build stage in current context");
      }
    }
    if (stages.isEmpty()) {
      throw ParseProblem.inFile(
          read.lines().isEmpty()
              ? "failed to parse Dockerfile: file with no instructions"
              : "no build stage in current context");
    }
    return new Dockerfile(read.escape(), globals, stages, read.warnings());
  }

  /** A trigger's line, as an image's OnBuild carries it. */
  public static Step trigger(String line) {
    var read = LogicalLines.read(line);
    if (read.lines().size() != 1) {
      throw ParseProblem.inFile("an ONBUILD trigger is one instruction, not: " + line);
    }
    var logical = read.lines().getFirst();
    return new Step(0, logical.text(), new InstructionReader(read.escape()).read(logical));
  }

  private static Stage with(Stage stage, Step step) {
    var steps = new ArrayList<>(stage.steps());
    steps.add(step);
    return new Stage(stage.index(), stage.start(), stage.from(), steps);
  }

  /** The stage to build: the last one, or the one named by {@code target}. */
  public Optional<Stage> target(String target) {
    return target.isEmpty()
        ? Optional.of(stages.getLast())
        : stages.stream().filter(stage -> stage.isCalled(target)).findFirst();
  }

  /** The stage before {@code stage} that a FROM or {@code --from} names. */
  public Optional<Stage> earlier(Stage stage, String reference) {
    return stages.subList(0, stage.index()).reversed().stream()
        .filter(other -> other.isCalled(reference))
        .findFirst();
  }
}
