package argosy.engine.container.mount;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.linux.SystemCallFailed;
import argosy.engine.volume.Filling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Fills an empty volume with what the image has where it is mounted, as Docker does. */
public final class VolumeFilling {
  private VolumeFilling() {}

  /**
   * Does nothing when the volume holds something already, or the image has nothing there.
   *
   * @throws Refused with Docker's sentence when the image has something there that is no directory
   */
  public static void fill(Path volume, Path root, String destination) {
    try (var source = InRoot.open(root, destination)) {
      Path from = source.path().toRealPath();
      if (!Files.isDirectory(from)) {
        throw new Refused(
            new Failure.Internal("source " + root + destination + " is not directory"));
      }
      Filling.fill(volume, from);
    } catch (SystemCallFailed e) {
      return; // the image has nothing there
    } catch (IOException | UncheckedIOException e) {
      throw new Refused(
          new Failure.Internal(
              "can not copy the image's " + destination + " into its volume: " + e.getMessage()),
          e);
    }
  }
}
