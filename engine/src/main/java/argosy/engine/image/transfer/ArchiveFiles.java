package argosy.engine.image.transfer;

import argosy.engine.archive.Compression;
import argosy.engine.archive.TarEntry;
import argosy.engine.archive.TarReader;
import argosy.engine.disk.Blobs;
import argosy.engine.disk.Digest;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of an image archive, each put away as a blob while the archive streams by; the names in
 * it are only names, never paths.
 */
final class ArchiveFiles {
  private static final int DEEPEST = 16;

  /** An image has hundreds at most; each is kept in memory by its name. */
  private static final int MOST = 100_000;

  private static final long LARGEST_DOCUMENT = 8 << 20;

  private final Blobs blobs;
  private final EarlyLayers early;
  private final Map<String, Blobs.Stored> files = new HashMap<>();
  private final Map<String, String> links = new HashMap<>();

  private ArchiveFiles(Blobs blobs, EarlyLayers early) {
    this.blobs = blobs;
    this.early = early;
  }

  /** Reads an archive, plain or packed, to its end; {@code intake} hears what has to stay. */
  static ArchiveFiles read(InputStream archive, Blobs blobs, EarlyLayers early, Intake intake) {
    var files = new ArchiveFiles(blobs, early);
    try {
      files.read(new TarReader(Compression.plain(archive)), intake);
      archive.transferTo(OutputStream.nullOutputStream());
      return files;
    } catch (IOException e) {
      throw new Refused(new Failure.Invalid("the archive can not be read: " + e.getMessage()), e);
    }
  }

  private void read(TarReader archive, Intake intake) throws IOException {
    for (var entry = archive.next(); entry != null; entry = archive.next()) {
      String name = clean(entry.shown());
      switch (entry.kind()) {
        case SYMBOLIC_LINK -> links.put(name, resolve(name, entry.shownLink()));
        case HARD_LINK -> links.put(name, clean(entry.shownLink()));
        case FILE -> file(name, entry, archive, intake);
        case DIRECTORY, CHARACTER_DEVICE, BLOCK_DEVICE, PIPE -> {}
      }
      if (files.size() + links.size() > MOST) {
        throw new Refused(new Failure.Invalid("the archive has too many files for an image's"));
      }
    }
  }

  private void file(String name, TarEntry entry, TarReader archive, Intake intake)
      throws IOException {
    if (entry.sparse() != null) {
      throw new Refused(new Failure.Invalid("the archive's \"" + name + "\" has holes"));
    }
    var stored = early.put(name, entry.size(), archive);
    intake.hold(List.of(stored.digest().toString()));
    if (!blobs.has(stored.digest())) {
      throw new Refused(
          new Failure.Conflict(
              "an image with the same content was removed meanwhile: load the archive again"));
    }
    files.put(name, stored);
  }

  boolean has(String name) {
    return find(name).isPresent();
  }

  /** A file that the archive must have. */
  Blobs.Stored get(String name) {
    return find(name)
        .orElseThrow(
            () -> new Refused(new Failure.Invalid("the archive has no file \"" + name + "\"")));
  }

  /** A document of the archive; one that is too large to be one is refused. */
  byte[] bytes(String name) {
    var file = get(name);
    if (file.size() > LARGEST_DOCUMENT) {
      throw new Refused(new Failure.Invalid("the archive's \"" + name + "\" is larger than 8 MB"));
    }
    return blobs.bytes(file.digest());
  }

  /** An OCI layout's blob. */
  Blobs.Stored blob(Digest digest) {
    var stored = get("blobs/sha256/" + digest.hex());
    if (!stored.digest().equals(digest)) {
      throw new Refused(
          new Failure.Invalid("filesystem layer verification failed for digest " + digest));
    }
    return stored;
  }

  private Optional<Blobs.Stored> find(String name) {
    String at = clean(name);
    for (int hop = 0; hop < DEEPEST; hop++) {
      var file = files.get(at);
      if (file != null) {
        return Optional.of(file);
      }
      String next = links.get(at);
      if (next == null) {
        return Optional.empty();
      }
      at = next;
    }
    return Optional.empty();
  }

  private static String resolve(String link, String target) {
    int slash = link.lastIndexOf('/');
    return clean(
        target.startsWith("/") || slash < 0 ? target : link.substring(0, slash + 1) + target);
  }

  private static String clean(String name) {
    var parts = new ArrayDeque<String>();
    for (String part : name.split("/", -1)) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }
}
