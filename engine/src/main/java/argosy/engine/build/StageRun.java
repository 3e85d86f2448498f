package argosy.engine.build;

import argosy.engine.dockerfile.Dockerfile;
import argosy.engine.dockerfile.Expanded;
import argosy.engine.dockerfile.Expansion;
import argosy.engine.dockerfile.Instruction;
import argosy.engine.dockerfile.Stage;
import argosy.engine.dockerfile.Step;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One stage of a build, step by step, on one thread. */
final class StageRun {
  private final Stage stage;
  private final BuildRun build;
  private final Workshop workshop;
  private int number;

  StageRun(Stage stage, BuildRun build) {
    this.stage = stage;
    this.build = build;
    this.workshop = build.workshop();
    this.number = build.plan().firstStep(stage);
  }

  /** The stage's image. */
  Base run() throws InterruptedException {
    for (Stage needed : BuildPlan.needs(build.file(), stage)) {
      build.of(needed);
    }
    title(stage.start());
    Base base = from();
    build.say(" ---> " + base.shortId() + "\n");
    ObjectNode config = base.config();
    var triggers = triggers(config);
    config.remove("OnBuild");
    var state =
        new StageState(
            build.file().escape(),
            config,
            new Arguments(build.options().arguments(), build.globalArguments()));
    Base image = base;
    for (Step step : triggers) {
      image = step(image, state, step.instruction());
    }
    if (!triggers.isEmpty()) {
      build.say(" ---> " + image.shortId() + "\n");
    }
    for (Step step : stage.steps()) {
      title(step);
      image = step(image, state, step.instruction());
      build.say(" ---> " + image.shortId() + "\n");
    }
    return whole(image);
  }

  private void title(Step step) {
    build.say("Step %d/%d : %s\n".formatted(number++, build.plan().steps(), step.text()));
  }

  private Base from() throws InterruptedException {
    var expansion = new Expansion(build.file().escape(), build.globalArguments()::get);
    var from = (Instruction.From) Expanded.of(stage.from(), expansion);
    if (from.image().isEmpty()) {
      throw BuildRun.refused("base name (%s) should not be blank".formatted(stage.from().image()));
    }
    var earlier = build.file().earlier(stage, from.image());
    if (earlier.isPresent() && from.image().equalsIgnoreCase(earlier.get().from().as())) {
      return build.of(earlier.get());
    }
    String platform = from.platform() == null ? build.options().platform() : from.platform();
    if (from.image().equals("scratch")) {
      var wanted = Platforms.wanted(platform);
      return Base.scratch(wanted.os(), wanted.architecture());
    }
    return workshop.base(from.image(), platform);
  }

  private List<Step> triggers(ObjectNode config) {
    var triggers = new ArrayList<Step>();
    config.path("OnBuild").forEach(line -> triggers.add(Dockerfile.trigger(line.asText())));
    if (!triggers.isEmpty()) {
      build.say(
          "# Executing %d build trigger%s\n"
              .formatted(triggers.size(), triggers.size() == 1 ? "" : "s"));
    }
    return triggers;
  }

  private Base step(Base base, StageState state, Instruction written) throws InterruptedException {
    if (written instanceof Instruction.Healthcheck) {
      var test = new ArrayList<String>();
      state.config().path("Healthcheck").path("Test").forEach(word -> test.add(word.asText()));
      if (!test.isEmpty()) {
        build.say(
            "Note: overriding previous HEALTHCHECK: [%s]\n".formatted(String.join(" ", test)));
      }
    }
    Deed deed = state.decide(written);
    return switch (deed) {
      case Deed.Copy copy -> copied(base, state, copy);
      case Deed.Run run -> ran(base, state, run);
      case Deed.Configure _, Deed.Sign _ -> {
        var change = Change.of(state, deed);
        yield cached(base, change).orElseGet(() -> workshop.configure(base, change));
      }
      case Deed.Enter(var _, var path) -> {
        var change = Change.of(state, deed);
        yield cached(base, change).orElseGet(() -> workshop.enter(base, change, path));
      }
    };
  }

  private Base ran(Base base, StageState state, Deed.Run deed) throws InterruptedException {
    var images = new HashMap<RunMount, Base>();
    for (RunMount mount : deed.mounts()) {
      String from = mount.from();
      if (from != null) {
        images.put(mount, origin(from));
      }
    }
    try (var mounts = workshop.mounts(deed, images::get)) {
      var named = deed.named(deed.createdBy() + mounts.digest());
      var change = Change.of(state, named);
      return cached(base, change)
          .orElseGet(() -> workshop.run(base, change, named, mounts, build.options().keep()));
    }
  }

  private Optional<Base> cached(Base base, Change change) {
    if (!build.options().useCache()) {
      return Optional.empty();
    }
    var cached = workshop.cached(base, change);
    cached.ifPresent(_ -> build.say(" ---> Using cache\n"));
    return cached;
  }

  private Base copied(Base base, StageState state, Deed.Copy deed) throws InterruptedException {
    String from = deed.what().from();
    try (var goods = workshop.goods(deed, from == null ? null : origin(from))) {
      var named =
          new Deed.Copy(
              "%s %s in %s ".formatted(deed.createdBy(), goods.digest(), deed.what().destination()),
              deed.what(),
              deed.destination());
      var change = Change.of(state, named);
      return cached(base, change).orElseGet(() -> workshop.copy(base, change, goods, named));
    }
  }

  private Base origin(String from) throws InterruptedException {
    var earlier = build.file().earlier(stage, from);
    if (earlier.isPresent()) {
      return build.of(earlier.get());
    }
    if (from.matches("[0-9]+")) {
      throw BuildRun.refused("invalid from flag value %s: index out of bounds".formatted(from));
    }
    if (from.toLowerCase(Locale.ROOT).equals(stage.from().as())) {
      throw BuildRun.refused(
          "invalid from flag value %s: refers to current build block".formatted(from));
    }
    try {
      return workshop.base(from, build.options().platform());
    } catch (Refused e) {
      throw new Refused(
          new Failure.Invalid("invalid from flag value %s: %s".formatted(from, e.getMessage())), e);
    }
  }

  /** A stage without a step is its base; only nothing at all is no image. */
  private static Base whole(Base image) {
    if (image.id().isEmpty()) {
      throw BuildRun.refused("No image was generated. Is your Dockerfile empty?");
    }
    return image;
  }
}
