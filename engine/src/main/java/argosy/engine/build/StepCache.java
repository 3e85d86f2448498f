package argosy.engine.build;

import argosy.engine.image.store.Catalog;
import argosy.engine.image.store.StoredImage;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The build cache: there is no other store than the images themselves. A step's image is known by
 * its parent, its line of history and its configuration.
 */
final class StepCache {
  private final Supplier<Catalog> images;
  private final Function<String, ObjectNode> documents;
  private @Nullable Catalog known;
  private Map<String, List<StoredImage>> children = Map.of();

  /** {@code images}: as they are at the moment; {@code documents}: an image's configuration. */
  StepCache(Supplier<Catalog> images, Function<String, ObjectNode> documents) {
    this.images = images;
    this.documents = documents;
  }

  /** The images by their parents, read anew only when there are others. */
  private synchronized List<StoredImage> children(String parent) {
    Catalog now = images.get();
    if (known != now) {
      children =
          now.visible()
              .filter(image -> image.image().parent() != null || isFirst(image))
              .collect(
                  Collectors.groupingBy(
                      image -> Objects.requireNonNullElse(image.image().parent(), "")));
      known = now;
    }
    return children.getOrDefault(parent, List.of());
  }

  private static boolean isFirst(StoredImage image) {
    return image.image().history().size() == 1;
  }

  /** The youngest image that this change made of this base before. */
  Optional<StoredImage> find(Base base, Change change) {
    return children(base.id()).stream()
        .filter(image -> lastLine(image).equals(change.createdBy()))
        .filter(image -> change.made(documents.apply(image.id()), base))
        .max((one, other) -> one.added().compareTo(other.added()));
  }

  private static String lastLine(StoredImage image) {
    var history = image.image().history();
    return history.isEmpty() ? "" : history.getLast().createdBy();
  }

  /** A step's layer, or nothing where the step had none. */
  record Borrowed(Optional<StoredImage.Layer> layer, Optional<String> diffId) {
    /** Whether this image, made by the same step of the same base, has the same layer. */
    boolean isIn(StoredImage image) {
      return layer.isEmpty() || image.layers().getLast().chain().equals(layer.get().chain());
    }
  }

  /** The step as one of these images has it: the same history and layers up to it. */
  Optional<Borrowed> borrow(Base base, Change change, List<String> images) {
    return images.stream()
        .flatMap(name -> this.images.get().search(name).stream())
        .flatMap(image -> borrow(base, change, image).stream())
        .findFirst();
  }

  private static Optional<Borrowed> borrow(Base base, Change change, StoredImage image) {
    int step = base.document().path("history").size();
    int layers = base.layers().size();
    var history = image.image().history();
    boolean same =
        history.size() > step
            && image.layers().size() >= layers
            && history.get(step).createdBy().equals(change.createdBy())
            && chains(image.layers().subList(0, layers)).equals(chains(base.layers()));
    for (int i = 0; same && i < step; i++) {
      String line = base.document().path("history").get(i).path("created_by").asText();
      same = history.get(i).createdBy().equals(line);
    }
    if (!same) {
      return Optional.empty();
    }
    if (history.get(step).emptyLayer()) {
      return Optional.of(new Borrowed(Optional.empty(), Optional.empty()));
    }
    return image.layers().size() > layers
        ? Optional.of(
            new Borrowed(
                Optional.of(image.layers().get(layers)),
                Optional.of(image.image().diffIds().get(layers))))
        : Optional.empty();
  }

  private static List<String> chains(List<StoredImage.Layer> layers) {
    return layers.stream().map(StoredImage.Layer::chain).toList();
  }
}
