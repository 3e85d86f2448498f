package argosy.engine.image;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to make of a file system's archive.
 *
 * @param repository the image's name, or empty for none
 * @param tag empty for {@code latest}
 * @param message its history's comment; empty: where the archive came from
 * @param changes Dockerfile lines, applied in order
 * @param platform null for this machine's
 */
public record ImportOrder(
    String repository,
    String tag,
    String message,
    List<String> changes,
    @Nullable String platform) {
  public ImportOrder {
    changes = List.copyOf(changes);
  }
}
