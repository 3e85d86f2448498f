package argosy.engine.image;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image to be made of a container.
 *
 * @param base the container's image: {@code sha256:…}; one that was removed under it will do
 * @param createdBy what its line of the history says
 * @param container the container's own configuration
 * @param asked what the user wants instead; null: nothing else
 * @param changes Dockerfile lines, applied in order
 */
public record CommitOrder(
    String base,
    String repository,
    String tag,
    String author,
    String comment,
    String createdBy,
    ImageConfig container,
    @Nullable ImageConfig asked,
    List<String> changes,
    Content content) {
  public CommitOrder {
    changes = List.copyOf(changes);
  }

  /** What the container changed, as a layer's plain tar. */
  @FunctionalInterface
  public interface Content {
    /** Writes it to its end; called at most once. */
    void write(OutputStream out) throws IOException;
  }
}
