package argosy.http.image;

import argosy.engine.Engine;
import argosy.engine.container.ContainerRequest;
import argosy.engine.failure.Outcome;
import argosy.engine.image.Image;
import argosy.engine.image.ImageContent;
import argosy.engine.image.ImageRequest;
import argosy.http.wire.ManifestSummary;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Images with what else there is of them, as far as it was asked for.
 *
 * @param contents by image id
 */
record ShownImages(List<Image> images, ImageUsers users, Map<String, ImageContent> contents) {

  /** {@code users}: ask for their containers; {@code contents}: and for their manifests. */
  static CompletionStage<Outcome<ShownImages>> of(
      Engine engine, Outcome<List<Image>> images, boolean users, boolean contents) {
    return users(engine, users)
        .thenCombine(
            contents(engine, contents ? images : Outcome.ok(List.of())),
            (containers, measured) ->
                images.then(all ->
                    containers.then(
                        known -> measured.map(found -> new ShownImages(all, known, found)))));
  }

  private static CompletionStage<Outcome<ImageUsers>> users(Engine engine, boolean wanted) {
    return wanted
        ? engine
            .containers(new ContainerRequest.Find(true, 0, false, Map.of()))
            .thenApply(found -> found.map(listed -> ImageUsers.of(listed.containers())))
        : CompletableFuture.completedStage(Outcome.ok(ImageUsers.of(List.of())));
  }

  private static CompletionStage<Outcome<Map<String, ImageContent>>> contents(
      Engine engine, Outcome<List<Image>> images) {
    return switch (images) {
      case Outcome.Ok<List<Image>>(var all) when !all.isEmpty() ->
          engine
              .images(new ImageRequest.Measure(all.stream().map(Image::id).toList()))
              .thenApply(found -> found.map(ImageRequest.Measured::contents));
      case Outcome.Ok<List<Image>> _, Outcome.Failed<List<Image>> _ ->
          CompletableFuture.completedStage(Outcome.ok(Map.of()));
    };
  }

  List<ManifestSummary> manifests(Image image) {
    return users.manifests(image, contents.get(image.id()));
  }
}
