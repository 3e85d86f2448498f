package argosy.engine.disk;

import argosy.engine.archive.Compression;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.linux.Libc;
import argosy.engine.linux.SystemCallFailed;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * Layers unpacked once, at {@code ROOT/CHAIN-ID/fs}, shared by all images and containers. A layer
 * is unpacked aside and renamed, so what is there is whole. Every call blocks.
 */
public final class Layers {
  private static final String ASIDE = ".fresh";
  private static final String FILES = "fs";
  private static final String SIZE = "size";
  private static final int BUFFER = 64 * 1024;

  private final Path root;
  private final Aside aside;

  /**
   * Makes the directories where they are missing and removes what a crash left half-made. Only root
   * gets in: images bring set-uid programs.
   */
  public Layers(Path root) {
    this.root = root;
    try {
      this.aside = new Aside(root.resolve(ASIDE));
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException("can not make " + root + ": " + e, e);
    }
  }

  /** The files of a layer, whether it is there or not. */
  public static Path files(Path root, Digest chain) {
    return root.resolve(chain.hex()).resolve(FILES);
  }

  public boolean has(Digest chain) {
    return Files.isDirectory(files(root, chain));
  }

  /** Bytes of a layer's regular files. */
  public long size(Digest chain) {
    Path file = root.resolve(chain.hex()).resolve(SIZE);
    try {
      return Long.parseLong(Files.readString(file).strip());
    } catch (IOException | NumberFormatException e) {
      throw new IllegalStateException("can not read " + file + ": " + e, e);
    }
  }

  /**
   * Unpacks an archive, plain or packed, aside; it counts only once it is kept.
   *
   * @param progress hears how many bytes of the archive as given were read
   * @throws Refused when the archive is broken or would reach outside; nothing stays
   */
  public Draft unpack(InputStream archive, LongConsumer progress) {
    Path directory = fresh();
    try {
      return NativeCalls.await(() -> unpackInto(directory, archive, progress));
    } catch (RuntimeException e) {
      aside.discard(directory);
      throw e;
    }
  }

  /**
   * Takes a directory over as a layer, where it is on the same file system; it counts only once it
   * is kept. It must be what overlayfs wrote and nobody may have it mounted.
   *
   * @param diffId of the tar it was written to
   * @param size bytes of its regular files and of where its symbolic links lead
   * @return nothing when it can not be moved here: then it is where it was
   */
  public Optional<Draft> adopt(Path files, Digest diffId, long size) {
    try {
      Path directory = aside.directory("layer");
      try {
        Files.move(files, directory.resolve(FILES), StandardCopyOption.ATOMIC_MOVE);
        chmod(directory.resolve(FILES));
        Files.writeString(directory.resolve(SIZE), size + "\n");
        return Optional.of(new Draft(directory, diffId, size));
      } catch (AtomicMoveNotSupportedException e) {
        aside.discard(directory);
        return Optional.empty();
      } catch (IOException | RuntimeException e) {
        aside.discard(directory);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can not take " + files + " over: " + e.getMessage(), e);
    }
  }

  private Draft unpackInto(Path directory, InputStream archive, LongConsumer progress) {
    try {
      var packed = new Counted(archive, progress);
      var tar = new Tally(Compression.plain(packed), _ -> {});
      long size =
          LayerUnpacking.unpack(new BufferedInputStream(tar, BUFFER), directory.resolve(FILES));
      tar.drain();
      Files.writeString(directory.resolve(SIZE), size + "\n");
      return new Draft(directory, tar.digest(), size);
    } catch (SystemCallFailed | IOException e) {
      throw broken(e);
    }
  }

  private static RuntimeException broken(Exception e) {
    if (e instanceof SystemCallFailed failed && failed.is(SystemCallFailed.ENOSPC)) {
      return new Refused(
          new Failure.Internal("failed to register layer: no space left on device"), e);
    }
    return new Refused(new Failure.Invalid("failed to register layer: " + e.getMessage()), e);
  }

  private Path fresh() {
    try {
      Path directory = aside.directory("layer");
      Files.createDirectory(directory.resolve(FILES));
      chmod(directory.resolve(FILES));
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException("can not make a layer: " + e, e);
    }
  }

  private static void chmod(Path directory) {
    Libc.check("chmod " + directory, Libc.fchmodat(Libc.AT_FDCWD, directory.toString(), 0755, 0));
  }

  /** Takes a layer out of the store at once; its files wait aside until they are discarded. */
  public Optional<Path> detach(Digest chain) {
    Path gone = aside.place("gone-" + chain.hex());
    try {
      return Optional.of(
          Files.move(root.resolve(chain.hex()), gone, StandardCopyOption.ATOMIC_MOVE));
    } catch (NoSuchFileException e) {
      aside.release(gone);
      return Optional.empty();
    } catch (IOException e) {
      aside.release(gone);
      throw new UncheckedIOException("can not remove the layer " + chain + ": " + e, e);
    }
  }

  /** Deletes the files of a detached layer; what a crash or a mishap leaves of them goes later. */
  public void discard(Path detached) {
    aside.discard(detached);
  }

  /** Those that were there before some time. */
  public Set<Digest> before(Instant time) {
    return all().stream()
        .filter(chain -> Aged.isBefore(root.resolve(chain.hex()), time))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Deletes what is half unpacked and nobody works on; how many directories. */
  public int sweep() {
    return aside.sweep();
  }

  public List<Digest> all() {
    try (var directories = Files.newDirectoryStream(root)) {
      var found = new ArrayList<Digest>();
      for (Path directory : directories) {
        String name = directory.getFileName().toString();
        if (Digest.isDigest("sha256:" + name)) {
          found.add(new Digest(name));
        }
      }
      return List.copyOf(found);
    } catch (IOException e) {
      throw new UncheckedIOException("can not list the layers: " + e, e);
    }
  }

  /** Blocks until everything unpacked so far would survive a power cut. */
  public void settle() {
    NativeCalls.await(() -> {
      int fd = Libc.open(root.toString(), Libc.O_RDONLY | Libc.O_CLOEXEC, 0);
      Libc.check("open " + root, fd);
      try {
        return Libc.check("syncfs " + root, Libc.syncfs(fd));
      } finally {
        Libc.close(fd);
      }
    });
  }

  /** An unpacked layer that is not in the store yet; closed without being kept it is gone. */
  public final class Draft implements AutoCloseable {
    private final Path directory;
    private final Digest diffId;
    private final long size;

    private Draft(Path directory, Digest diffId, long size) {
      this.directory = directory;
      this.diffId = diffId;
      this.size = size;
    }

    /** The digest of the plain tar it was. */
    public Digest diffId() {
      return diffId;
    }

    /** Bytes of its regular files. */
    public long size() {
      return size;
    }

    /** Puts it into the store; when somebody else was faster, theirs stays. */
    public void keep(Digest chain) {
      try {
        Files.move(directory, root.resolve(chain.hex()), StandardCopyOption.ATOMIC_MOVE);
        aside.release(directory);
      } catch (IOException e) {
        if (!has(chain)) {
          throw new UncheckedIOException("can not keep the layer " + chain + ": " + e, e);
        }
        aside.discard(directory);
      }
    }

    @Override
    public void close() {
      aside.discard(directory);
    }
  }
}
