package argosy.engine.volume;

import argosy.engine.disk.FileTree;
import argosy.engine.disk.Records;
import argosy.engine.disk.TreeCopy;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.volume.VolumeRequest.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Volumes on disk: {@code ROOT/NAME/_data} beside the record. Every call blocks. */
final class VolumeStore {
  private static final Logger LOG = LoggerFactory.getLogger(VolumeStore.class);

  /** Removed volumes wait under such names until their files are gone; no volume may have one. */
  private static final String GONE = ".gone-";

  private final Path root;
  private final Records<Volume> records;
  private final VolumeMounts mounts;

  VolumeStore(Path root, VolumeMounts mounts) {
    this.mounts = mounts;
    this.root = root;
    this.records = new Records<>(root, "record.json", Volume.class);
  }

  Path root() {
    return root;
  }

  /**
   * Every volume, after finishing the removals a crash cut short. Data whose record is lost is
   * listed as a plain volume, because it is somebody's data.
   */
  List<Volume> load() {
    try {
      Files.createDirectories(root);
      var found = new ArrayList<Volume>();
      try (var directories = Files.newDirectoryStream(root, Files::isDirectory)) {
        for (Path directory : directories) {
          if (directory.getFileName().toString().startsWith(GONE)) {
            sweepAgain(directory);
          } else if (Files.isDirectory(directory.resolve("_data"))) {
            found.add(
                records.get(directory.getFileName().toString()).orElseGet(() -> plain(directory)));
          }
        }
      }
      return List.copyOf(found);
    } catch (IOException e) {
      throw new UncheckedIOException("can not read the volumes in " + root + ": " + e, e);
    }
  }

  private void sweepAgain(Path gone) {
    try {
      sweep(gone);
    } catch (UncheckedIOException e) {
      LOG.warn("a removed volume's files stay until the next start: {}", e.getMessage());
    }
  }

  void create(Volume volume) {
    try {
      Files.createDirectories(Path.of(volume.mountpoint()));
      records.put(volume.name(), volume);
    } catch (IOException e) {
      throw new UncheckedIOException("create " + volume.name() + ": " + e, e);
    }
  }

  VolumeMounts mounts() {
    return mounts;
  }

  /** A directory with {@code _data} in it that the next start would delete. */
  Path stage() {
    try {
      Path staged = root.resolve(GONE + "new-" + UUID.randomUUID());
      Files.createDirectories(staged.resolve("_data"));
      return staged;
    } catch (IOException e) {
      throw new UncheckedIOException("can not prepare a volume in " + root + ": " + e, e);
    }
  }

  /** Copies what a volume holds to a new stage. */
  Path copy(Volume source, String visitor) {
    mounts.use(List.of(source), visitor);
    Path staged = stage();
    try {
      TreeCopy.copy(Path.of(source.mountpoint()), staged.resolve("_data"));
      return staged;
    } catch (RuntimeException e) {
      sweep(staged);
      throw e;
    } finally {
      mounts.leave(visitor);
    }
  }

  /** Makes what was staged a volume. */
  void bring(Volume volume, Path staged) {
    try {
      Files.move(staged, root.resolve(volume.name()), StandardCopyOption.ATOMIC_MOVE);
      records.put(volume.name(), volume);
    } catch (IOException e) {
      throw new UncheckedIOException("create " + volume.name() + ": " + e, e);
    }
  }

  static boolean isEmpty(Path data) {
    try (var entries = Files.newDirectoryStream(data)) {
      for (Path entry : entries) {
        if (!entry.endsWith("lost+found")) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("can not read " + data + ": " + e, e);
    }
  }

  /** Deletes all that is in a directory. */
  static void wipe(Path data) {
    try (var entries = Files.newDirectoryStream(data)) {
      for (Path entry : entries) {
        if (!entry.endsWith("lost+found")) {
          FileTree.delete(entry);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can not empty " + data + ": " + e, e);
    }
  }

  /** Takes volumes out of sight at once; {@link #sweep} deletes their files. All or none. */
  List<Path> takeAway(List<Volume> volumes) {
    volumes.forEach(volume -> {
      mounts.end(volume);
      refuseForeignMounts(volume.name());
    });
    return volumes.stream().map(volume -> takeAway(volume.name())).toList();
  }

  private Path takeAway(String name) {
    Path gone = root.resolve(GONE + UUID.randomUUID());
    try {
      Files.move(root.resolve(name), gone, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      return gone;
    } catch (IOException e) {
      throw new UncheckedIOException("remove " + name + ": " + e, e);
    }
    return gone;
  }

  /** Deleting would go on in what somebody has mounted there. */
  private void refuseForeignMounts(String name) {
    mounts.inside(root.resolve(name)).stream()
        .findFirst()
        .ifPresent(mount -> {
          throw new Refused(
              new Failure.Conflict("remove %s: something is mounted at %s".formatted(name, mount)));
        });
  }

  /** Deletes what was taken away and answers the bytes its data had. */
  long sweep(Path gone) {
    if (!mounts.inside(gone).isEmpty()) {
      throw new UncheckedIOException(
          new IOException("can not delete " + gone + ": something is mounted in it"));
    }
    long bytes = FileTree.bytes(gone.resolve("_data"));
    FileTree.delete(gone);
    return bytes;
  }

  /** A volume that is removed meanwhile holds nothing. */
  List<VolumeRequest.Sized> measure(List<Volume> volumes) {
    return volumes.stream()
        .map(
            volume -> new VolumeRequest.Sized(volume, FileTree.bytes(Path.of(volume.mountpoint()))))
        .toList();
  }

  private static Volume plain(Path directory) {
    try {
      Path data = directory.resolve("_data");
      return new Volume(
          directory.getFileName().toString(),
          "local",
          data.toString(),
          Files.getLastModifiedTime(data).toInstant(),
          Map.of(),
          Map.of(),
          false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
