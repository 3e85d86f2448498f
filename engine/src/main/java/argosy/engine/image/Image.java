package argosy.engine.image;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image in the store.
 *
 * @param id {@code sha256:…} of its configuration blob
 * @param tags every {@code repository:tag} that names it, in familiar form ({@code busybox:latest})
 * @param digests every {@code repository@sha256:…} it was pulled or pushed as
 * @param layers chain ids, lowest first: the directories that are mounted
 * @param diffIds {@code sha256:…} of each layer's plain tar, lowest first
 * @param created null where the configuration does not say
 * @param size bytes of all its unpacked layers
 */
public record Image(
    String id,
    List<String> tags,
    List<String> digests,
    List<String> layers,
    List<String> diffIds,
    ImageConfig config,
    @Nullable Instant created,
    String author,
    String architecture,
    String os,
    @Nullable String variant,
    String comment,
    @Nullable String parent,
    long size,
    List<History> history) {
  public Image {
    tags = List.copyOf(tags);
    digests = List.copyOf(digests);
    layers = List.copyOf(layers);
    diffIds = List.copyOf(diffIds);
    history = List.copyOf(history);
  }

  /** The same with other names; both in familiar form. */
  public Image withNames(List<String> named, List<String> digested) {
    return new Image(
        id,
        named,
        digested,
        layers,
        diffIds,
        config,
        created,
        author,
        architecture,
        os,
        variant,
        comment,
        parent,
        size,
        history);
  }

  /** The same as the child of another. */
  public Image withParent(@Nullable String other) {
    return new Image(
        id,
        tags,
        digests,
        layers,
        diffIds,
        config,
        created,
        author,
        architecture,
        os,
        variant,
        comment,
        other,
        size,
        history);
  }

  /** One line of {@code docker history}; size in bytes, 0 for an empty layer. */
  public record History(
      @Nullable Instant created, String createdBy, String comment, boolean emptyLayer, long size) {}
}
