package argosy.http.image;

import static argosy.http.endpoint.Endpoint.protocol;

import argosy.engine.Engine;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.image.Image;
import argosy.engine.image.ImageRequest;
import argosy.engine.image.ImageRequest.Removed;
import argosy.engine.image.manifest.Platform;
import argosy.http.answer.Answer;
import argosy.http.answer.Filters;
import argosy.http.answer.Refusal;
import argosy.http.endpoint.Call;
import argosy.http.endpoint.Endpoint;
import argosy.http.endpoint.Reply;
import argosy.http.wire.ImageDeleted;
import argosy.http.wire.ImagesPruned;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The images that are there: listed, named, removed. */
public final class ImageRoutes {
  private static final Set<String> FILTERS =
      Set.of("before", "dangling", "label", "label!", "reference", "since", "until");
  private static final Set<String> PRUNE_FILTERS = Set.of("dangling", "until", "label", "label!");

  private ImageRoutes() {}

  public static List<Endpoint> all() {
    var here =
        List.of(
            protocol("GET", "/images/json", ImageRoutes::list),
            protocol("POST", "/images/prune", ImageRoutes::prune),
            protocol("GET", "/images/{name...}/json", ImageRoutes::inspect),
            protocol("GET", "/images/{name...}/history", ImageRoutes::history),
            protocol("POST", "/images/{name...}/tag", ImageRoutes::tag),
            protocol("DELETE", "/images/{name...}", ImageRoutes::remove));
    return Stream.of(here, ArchiveRoutes.all(), RegistryRoutes.all())
        .flatMap(List::stream)
        .toList();
  }

  static String name(Call call) {
    return call.path().getOrDefault("name", "");
  }

  private static CompletionStage<Reply> list(Call call) {
    var filters = Filters.of(call, FILTERS);
    boolean shared = call.flag("shared-size");
    boolean manifests = wantsManifests(call, 47);
    boolean counted = manifests || call.version().atLeast(51);
    return Answer.of(
        call.engine()
            .images(new ImageRequest.Find(call.flag("all"), filters))
            .thenCompose(found ->
                ShownImages.of(
                    call.engine(), found.map(ImageRequest.Listed::images), counted, manifests)),
        shown -> {
          var sizes = LayerSizes.of(shown.images());
          return Answer.json(
              200,
              shown.images().stream()
                  .map(each ->
                      ImageView.row(
                          each,
                          shared ? sizes.shared(each) : -1,
                          call.version().atLeast(51) ? shown.users().of(each).size() : -1,
                          manifests ? shown.manifests(each) : null,
                          call.version()))
                  .toList());
        });
  }

  private static boolean wantsManifests(Call call, int since) {
    return call.version().atLeast(since) && call.flag("manifests");
  }

  private static CompletionStage<Reply> inspect(Call call) {
    String platform = PlatformParameter.text(call);
    boolean manifests = wantsManifests(call, 48);
    Refusal.when(
        manifests && platform != null,
        "conflicting options: manifests and platform options cannot both be set");
    return Answer.of(
        call.engine()
            .images(new ImageRequest.Inspect(name(call)))
            .thenApply(found -> found.then(image -> fitting(image, name(call), platform)))
            .thenCompose(
                found -> ShownImages.of(call.engine(), found.map(List::of), manifests, manifests)),
        shown -> {
          var image = shown.images().getFirst();
          return Answer.json(
              200,
              ImageView.inspect(image, manifests ? shown.manifests(image) : null, call.version()));
        });
  }

  private static CompletionStage<Reply> history(Call call) {
    String platform = PlatformParameter.text(call);
    return Answer.of(
        ancestry(call.engine(), name(call), List.of())
            .thenApply(found ->
                found.then(
                    images -> fitting(images.getFirst(), name(call), platform).map(_ -> images))),
        images -> Answer.json(200, ImageView.history(images)));
  }

  /** The image, if it is for the platform that was asked for. */
  private static Outcome<Image> fitting(Image image, String name, @Nullable String platform) {
    String variant = image.variant();
    var actual = Platform.of(image.os(), image.architecture(), variant == null ? "" : variant);
    return platform == null || Platform.parse(platform).runs(actual)
        ? Outcome.ok(image)
        : Outcome.failed(
            new Failure.NotFound(
                "image with reference %s was found but its platform (%s) does not match the specified platform (%s)"
                    .formatted(name, actual, platform)));
  }

  /** Does something with an image unless it is for another platform than was asked for. */
  static <R> CompletionStage<Outcome<R>> ifFitting(
      Call call,
      String reference,
      @Nullable String platform,
      Supplier<CompletionStage<Outcome<R>>> work) {
    return platform == null
        ? work.get()
        : call.engine()
            .images(new ImageRequest.Inspect(reference))
            .thenCompose(found ->
                switch (found.then(image -> fitting(image, reference, platform))) {
                  case Outcome.Ok<Image> _ -> work.get();
                  case Outcome.Failed<Image>(var failure) ->
                      CompletableFuture.completedStage(Outcome.failed(failure));
                });
  }

  /** With the parents that are still here: those of an image that was built on this engine. */
  private static CompletionStage<Outcome<List<Image>>> ancestry(
      Engine engine, String reference, List<Image> children) {
    return engine
        .images(new ImageRequest.Inspect(reference))
        .thenCompose(found ->
            switch (found) {
              case Outcome.Ok<Image>(var image) -> {
                var all = Stream.concat(children.stream(), Stream.of(image)).toList();
                String parent = image.parent();
                yield parent == null
                    ? CompletableFuture.completedFuture(Outcome.ok(all))
                    : ancestry(engine, parent, all);
              }
              case Outcome.Failed<Image>(var failure) ->
                  CompletableFuture.completedFuture(
                      children.isEmpty() ? Outcome.failed(failure) : Outcome.ok(children));
            });
  }

  private static CompletionStage<Reply> tag(Call call) {
    String repository = call.parameter("repo").orElse("");
    Refusal.when(repository.isEmpty(), "invalid reference format");
    String tag = call.parameter("tag").filter(given -> !given.isEmpty()).orElse("latest");
    return Answer.done(
        201, call.engine().images(new ImageRequest.Tag(name(call), repository, tag)));
  }

  private static CompletionStage<Reply> remove(Call call) {
    var removal = new ImageRequest.Remove(name(call), call.flag("force"), call.flag("noprune"));
    return Answer.of(
        ifFitting(
            call,
            name(call),
            PlatformParameter.text(call, "platforms", 50),
            () -> call.engine().images(removal)),
        removed -> Answer.json(200, steps(removed)));
  }

  private static CompletionStage<Reply> prune(Call call) {
    return Answer.of(
        call.engine().images(new ImageRequest.Prune(Filters.of(call, PRUNE_FILTERS))),
        removed ->
            Answer.json(
                200,
                new ImagesPruned(
                    removed.steps().isEmpty() ? null : steps(removed), removed.reclaimed())));
  }

  private static List<ImageDeleted> steps(Removed removed) {
    return removed.steps().stream()
        .map(step -> new ImageDeleted(step.untagged(), step.deleted()))
        .toList();
  }
}
