package argosy.engine.container;

import argosy.engine.disk.HeldFile;
import argosy.engine.disk.NativeCalls;
import argosy.engine.disk.RootFilesystems;
import argosy.engine.disk.TreeArchive;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/** What a container changed, as a layer for an image. */
public final class WritableLayer {
  private WritableLayer() {}

  /**
   * Writes it as a plain tar; blocks.
   *
   * @param layers the chain ids below it, lowest first
   */
  public static void write(
      RootFilesystems roots, String container, List<String> layers, OutputStream out) {
    var where = roots.locations(container, layers);
    NativeCalls.await(() -> {
      try {
        var tar = new TreeArchive(out, FileChanges.selection(where));
        if (Files.isDirectory(where.upper())) {
          try (var upper = HeldFile.directory(where.upper())) {
            tar.content(upper, "");
          }
        }
        tar.finish();
        return true;
      } catch (IOException e) {
        throw new UncheckedIOException("can not read what the container changed: " + e, e);
      }
    });
  }
}
