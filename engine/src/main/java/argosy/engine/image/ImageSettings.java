package argosy.engine.image;

import argosy.engine.image.store.Budget;
import argosy.engine.registry.RegistrySettings;
import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the image store is told at start.
 *
 * @param dataRoot where {@code images}, {@code blobs} and {@code layers} are
 * @param budget how much of the disk images may take
 * @param sweep how long between two looks for what is left over
 */
public record ImageSettings(
    Path dataRoot, RegistrySettings registries, Budget budget, Duration sweep) {

  /** As much room as they like. */
  public static ImageSettings of(Path dataRoot, RegistrySettings registries) {
    return new ImageSettings(dataRoot, registries, Budget.NONE, Duration.ofMinutes(5));
  }

  /** Reads what concerns images alone among the keys of {@code argosy.engine}. */
  public static ImageSettings from(Path dataRoot, RegistrySettings registries, Config engine) {
    Duration sweep = engine.getDuration("image-sweep");
    if (sweep.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(
          "argosy.engine.image-sweep must be a second at least, not " + sweep);
    }
    return new ImageSettings(
        dataRoot,
        registries,
        new Budget(engine.getBytes("image-budget"), engine.getDuration("image-budget-grace")),
        sweep);
  }
}
