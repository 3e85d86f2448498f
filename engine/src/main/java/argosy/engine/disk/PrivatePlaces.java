package argosy.engine.disk;

import argosy.engine.linux.Libc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Mount points of one container in its own directory, which nobody but the engine can change. */
final class PrivatePlaces {
  private static final int MS_RDONLY = 1;
  private static final int MS_REMOUNT = 0x20;
  private static final int MS_BIND = 0x1000;
  private static final int MS_REC = 0x4000;

  private PrivatePlaces() {}

  static void bind(Path source, Path place) {
    boolean directory = Files.isDirectory(source);
    NativeCalls.await(() -> {
      prepare(place, directory);
      return Libc.check(
          "mount " + place,
          Libc.mount(source.toString(), place.toString(), null, MS_BIND | MS_REC, null));
    });
  }

  /** {@code lower}: highest layer first; an overlay of one layer needs the empty one besides. */
  static void image(List<Path> lower, Path empty, Path place) {
    prepare(place, true);
    var layers = new ArrayList<>(lower);
    if (layers.size() == 1) {
      layers.add(empty);
    }
    OverlayMount.mount(place, OverlayOptions.readOnly(layers));
    NativeCalls.await(() ->
        Libc.check(
            "mount " + place + " read-only",
            Libc.mount(null, place.toString(), null, MS_REMOUNT | MS_BIND | MS_RDONLY, null)));
  }

  private static void prepare(Path place, boolean directory) {
    try {
      OverlayMount.unmounted(place);
      if (directory) {
        Files.createDirectories(place);
      } else {
        Files.createDirectories(place.getParent());
        if (!Files.exists(place)) {
          Files.createFile(place);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can not make " + place + ": " + e, e);
    }
  }

  /** Unmounts everything in it, and takes the places away. */
  static void clear(Path places) {
    try (var all = Files.newDirectoryStream(places)) {
      for (Path place : all) {
        OverlayMount.unmounted(place);
        Files.deleteIfExists(place);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can not clear " + places + ": " + e, e);
    }
  }
}
