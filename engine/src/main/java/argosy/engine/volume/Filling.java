package argosy.engine.volume;

import argosy.engine.disk.FileTree;
import argosy.engine.disk.HeldFile;
import argosy.engine.disk.NativeCalls;
import argosy.engine.disk.TreeCopy;
import argosy.engine.linux.FailPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Copies what an image has into an empty volume, as Docker does, but whole or not at all: first out
 * of sight, then each of the topmost entries is renamed to its place. What a crash cuts short is
 * undone if not all was copied, else finished, by the next start of the engine or the next filling.
 * Nothing that somebody else has put into the volume is ever replaced. Every call blocks.
 */
public final class Filling {
  private static final String BEGUN = ".argosy-filling";
  private static final String WHOLE = ".argosy-filled";

  /** Who fills a volume makes others wait who would fill it too. */
  private static final Object[] TURNS =
      IntStream.range(0, 64).mapToObj(_ -> new Object()).toArray();

  private Filling() {}

  /**
   * Does nothing when the volume holds something already.
   *
   * @param data the volume's own directory, where everybody sees it
   */
  public static void fill(Path data, Path image) {
    synchronized (TURNS[Math.floorMod(data.hashCode(), TURNS.length)]) {
      try {
        settle(data);
        settle(data, data);
        if (isEmpty(data)) {
          finish(copied(image, place(data)), data);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Undoes, or finishes, what a crash cut short beside the data. */
  static void settle(Path data) {
    settle(beside(data), data);
  }

  private static void settle(Path place, Path data) {
    FileTree.delete(place.resolve(BEGUN));
    Path copied = place.resolve(WHOLE);
    if (Files.isDirectory(copied, LinkOption.NOFOLLOW_LINKS)) {
      finish(copied, data);
    }
  }

  private static Path beside(Path data) {
    return Objects.requireNonNull(data.getParent(), "a volume's directory has one above");
  }

  /** Where a rename leads into the data: with a mount in the way only inside. */
  private static Path place(Path data) {
    return NativeCalls.await(() -> {
      Path beside = beside(data);
      try (var inside = HeldFile.directory(data);
          var above = HeldFile.directory(beside)) {
        return inside.status().mount() == above.status().mount() ? beside : data;
      }
    });
  }

  private static Path copied(Path image, Path place) throws IOException {
    Path begun = place.resolve(BEGUN);
    FailPoint.before("make", begun);
    Files.createDirectory(begun);
    try {
      FailPoint.before("copy to", begun);
      TreeCopy.copy(image, begun);
      FailPoint.before("finish", begun);
      return Files.move(begun, place.resolve(WHOLE), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException e) {
      FileTree.delete(begun);
      throw e;
    }
  }

  /** Idempotent: the emptied directory goes last. */
  private static void finish(Path copied, Path data) {
    try {
      FileTime modified = Files.getLastModifiedTime(copied);
      try (var entries = Files.newDirectoryStream(copied)) {
        for (Path entry : entries) {
          FailPoint.before("move", entry);
          move(entry, data.resolve(entry.getFileName()));
        }
      }
      FailPoint.before("dress", data);
      TreeCopy.copy(copied, data); // what it holds has moved: owner, mode and attributes are left
      Files.setLastModifiedTime(data, modified);
    } catch (IOException e) {
      throw new UncheckedIOException("can not fill " + data + ": " + e.getMessage(), e);
    }
    FailPoint.before("remove", copied);
    FileTree.delete(copied);
  }

  private static void move(Path entry, Path target) throws IOException {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      FileTree.delete(entry);
    } else {
      Files.move(entry, target, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static boolean isEmpty(Path data) throws IOException {
    try (var entries = Files.newDirectoryStream(data)) {
      return !entries.iterator().hasNext();
    }
  }
}
