package argosy.engine.build;

import argosy.engine.dockerfile.Dockerfile;
import argosy.engine.dockerfile.Instruction;
import argosy.engine.dockerfile.Instruction.Pair;
import argosy.engine.dockerfile.Stage;
import argosy.engine.dockerfile.Step;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The stages a target needs, in the file's order, and how their steps are counted.
 *
 * @param stages with the target last
 */
record BuildPlan(Dockerfile file, List<Stage> stages) {
  BuildPlan {
    stages = List.copyOf(stages);
  }

  /** Plans a target; labels become a last step of it. */
  static BuildPlan of(Dockerfile file, String target, Map<String, String> labels) {
    Stage last =
        file.target(target)
            .orElseThrow(() ->
                new Refused(
                    new Failure.Invalid(
                        "failed to reach build target %s in Dockerfile".formatted(target))));
    var needed = new TreeMap<Integer, Stage>();
    collect(file, last, needed);
    needed.put(last.index(), labelled(last, labels));
    return new BuildPlan(file, List.copyOf(needed.values()));
  }

  private static void collect(Dockerfile file, Stage stage, Map<Integer, Stage> needed) {
    if (needed.put(stage.index(), stage) == null) {
      needs(file, stage).forEach(other -> collect(file, other, needed));
    }
  }

  /** The stages that must be there before one is begun. */
  static List<Stage> needs(Dockerfile file, Stage stage) {
    var needs = new ArrayList<Stage>();
    file.earlier(stage, stage.from().image())
        .filter(other -> stage.from().image().equalsIgnoreCase(other.from().as()))
        .ifPresent(needs::add);
    for (Step step : stage.steps()) {
      if (step.instruction() instanceof Instruction.Copy copy && copy.from() != null) {
        file.earlier(stage, copy.from()).ifPresent(needs::add);
      }
      if (step.instruction() instanceof Instruction.Run run) {
        froms(run).forEach(from -> file.earlier(stage, from).ifPresent(needs::add));
      }
    }
    return needs;
  }

  private static List<String> froms(Instruction.Run run) {
    return run.flags().getOrDefault("mount", List.of()).stream()
        .flatMap(mount -> Arrays.stream(mount.split(",", -1)))
        .filter(field -> field.strip().startsWith("from="))
        .map(field -> field.strip().substring("from=".length()))
        .toList();
  }

  private static Stage labelled(Stage stage, Map<String, String> labels) {
    if (labels.isEmpty()) {
      return stage;
    }
    var pairs = new ArrayList<Pair>();
    var text = new StringBuilder("LABEL");
    new TreeMap<>(labels)
        .forEach((name, value) -> {
          pairs.add(new Pair("'" + name + "'", "'" + value + "'"));
          text.append(' ').append(name).append('=').append(value);
        });
    var steps = new ArrayList<>(stage.steps());
    steps.add(new Step(0, text.toString(), new Instruction.Label(pairs)));
    return new Stage(stage.index(), stage.start(), stage.from(), steps);
  }

  /** How many steps there are: the arguments before the first FROM, and each stage's. */
  int steps() {
    return file.globals().size() + stages.stream().mapToInt(each -> each.steps().size() + 1).sum();
  }

  /** The number of a stage's FROM, from 1. */
  int firstStep(Stage stage) {
    return file.globals().size()
        + 1
        + stages.stream()
            .filter(each -> each.index() < stage.index())
            .mapToInt(each -> each.steps().size() + 1)
            .sum();
  }
}
