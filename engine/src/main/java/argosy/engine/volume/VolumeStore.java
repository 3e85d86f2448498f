package argosy.engine.volume;

import argosy.engine.disk.FileTree;
import argosy.engine.disk.Records;
import argosy.engine.disk.TreeCopy;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.linux.FailPoint;
import argosy.engine.volume.VolumeRequest.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
   * What there was at the start.
   *
   * @param leftovers what a crash left of removals and of volumes not yet made, to be swept
   */
  record Found(List<Volume> volumes, List<Path> leftovers) {
    Found {
      volumes = List.copyOf(volumes);
      leftovers = List.copyOf(leftovers);
    }
  }

  /**
   * Every volume, the filling of those that a crash came into finished or undone. Data whose record
   * is lost is listed as a plain volume, because it is somebody's data.
   */
  Found load() {
    try {
      Files.createDirectories(root);
      var found = new ArrayList<Volume>();
      var leftovers = new ArrayList<Path>();
      try (var directories = Files.newDirectoryStream(root, Files::isDirectory)) {
        for (Path directory : directories) {
          if (directory.getFileName().toString().startsWith(GONE)) {
            leftovers.add(directory);
          } else if (Files.isDirectory(directory.resolve("_data"))) {
            settleFilling(directory);
            found.add(
                records.get(directory.getFileName().toString()).orElseGet(() -> plain(directory)));
          }
        }
      }
      return new Found(found, leftovers);
    } catch (IOException e) {
      throw new UncheckedIOException("can not read the volumes in " + root + ": " + e, e);
    }
  }

  /** One that can not be settled is no reason not to start. */
  private static void settleFilling(Path directory) {
    try {
      Filling.settle(directory.resolve("_data"));
    } catch (RuntimeException e) {
      LOG.warn("the volume in {} may lack files of its image: {}", directory, e.toString());
    }
  }

  /** Made out of sight, so that it is there with its record or not at all. */
  void create(Volume volume) {
    bring(volume, stage());
  }

  VolumeMounts mounts() {
    return mounts;
  }

  /** A directory with {@code _data} in it that the next start would delete. */
  Path stage() {
    try {
      Path staged = root.resolve(GONE + "new-" + UUID.randomUUID());
      FailPoint.before("make", staged);
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

  /** Makes what was staged a volume; if that fails nothing of it is left. */
  void bring(Volume volume, Path staged) {
    try {
      records.put(staged.getFileName().toString(), volume);
      FailPoint.before("bring", staged);
      Files.move(staged, root.resolve(volume.name()), StandardCopyOption.ATOMIC_MOVE);
      FailPoint.before("sync", root);
      FileTree.sync(root);
    } catch (IOException | UncheckedIOException e) {
      FileTree.delete(staged);
      throw new UncheckedIOException(
          new IOException("create " + volume.name() + ": " + e.getMessage(), e));
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
    var away = new LinkedHashMap<String, Path>();
    try {
      volumes.forEach(volume -> away.put(volume.name(), takeAway(volume.name())));
    } catch (UncheckedIOException e) {
      away.forEach(this::putBack);
      throw e;
    }
    return List.copyOf(away.values());
  }

  private void putBack(String name, Path gone) {
    try {
      Files.move(gone, root.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.error("the volume {} can not be put back from {}: {}", name, gone, e.toString());
    }
  }

  private Path takeAway(String name) {
    Path gone = root.resolve(GONE + UUID.randomUUID());
    try {
      FailPoint.before("take away", root.resolve(name));
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
    FailPoint.before("sweep", gone);
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
