package argosy.engine.image.transfer;

import argosy.engine.disk.Blobs;
import argosy.engine.disk.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What plain layers become when they are packed for a registry, at {@code ROOT/HEX-OF-THE-PLAIN}:
 * packing is the dear part of a push, and a registry that has the packed layer already does not
 * need it done. Packing the same layer again gives the same bytes. Every call blocks.
 */
public final class Packings {
  private static final Logger LOG = LoggerFactory.getLogger(Packings.class);
  private static final int BUFFER = 64 * 1024;
  private static final Pattern LINE = Pattern.compile("(sha256:[0-9a-f]{64}) ([0-9]{1,18})\n");

  private final Path root;
  private final Blobs blobs;

  /** Makes the directory where it is missing, and forgets layers that are not here any more. */
  public Packings(Path root, Blobs blobs) {
    this.root = root;
    this.blobs = blobs;
    try {
      Files.createDirectories(root);
      try (var files = Files.newDirectoryStream(root)) {
        for (Path file : files) {
          String name = file.getFileName().toString();
          if (!Digest.isDigest("sha256:" + name) || !blobs.has(new Digest(name))) {
            Files.delete(file);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can not make " + root + ": " + e, e);
    }
  }

  /** What a layer was packed to, if it ever was; those bytes need not be here. */
  Optional<Blobs.Stored> known(Digest plain) {
    try {
      var line = LINE.matcher(Files.readString(file(plain)));
      return line.matches()
          ? Optional.of(
              new Blobs.Stored(Digest.parse(line.group(1)), Long.parseLong(line.group(2))))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Packs a layer, unless the packed one is here, and remembers it. */
  Blobs.Stored pack(Digest plain) {
    var before = known(plain).filter(packed -> blobs.has(packed.digest()));
    if (before.isPresent()) {
      return before.get();
    }
    var packed =
        blobs.write(out -> {
          try (var in = blobs.open(plain);
              var gzip = new GZIPOutputStream(out, BUFFER)) {
            in.transferTo(gzip);
          }
        });
    remember(plain, packed);
    return packed;
  }

  private void remember(Digest plain, Blobs.Stored packed) {
    try {
      Path fresh = Files.createTempFile(root, "fresh", "");
      Files.writeString(fresh, packed.digest() + " " + packed.size() + "\n");
      Files.move(fresh, file(plain), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.warn("the next push packs {} again: {}", plain, e.getMessage());
    }
  }

  private Path file(Digest plain) {
    return root.resolve(plain.hex());
  }
}
