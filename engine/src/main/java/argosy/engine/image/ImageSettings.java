package argosy.engine.image;

import java.nio.file.Path;
import java.util.List;

/**
 * What the image store is told at start.
 *
 * @param dataRoot where {@code images}, {@code blobs} and {@code layers} are
 * @param insecureRegistries {@code HOST:PORT}s that may be spoken to without verified TLS
 * @param registryMirrors URLs tried before Docker's own registry
 */
public record ImageSettings(
    Path dataRoot, List<String> insecureRegistries, List<String> registryMirrors) {
  public ImageSettings {
    insecureRegistries = List.copyOf(insecureRegistries);
    registryMirrors = List.copyOf(registryMirrors);
  }
}
