package argosy.engine.image;

import argosy.engine.registry.RegistrySettings;
import java.nio.file.Path;

/**
 * What the image store is told at start.
 *
 * @param dataRoot where {@code images}, {@code blobs} and {@code layers} are
 */
public record ImageSettings(Path dataRoot, RegistrySettings registries) {}
