package argosy.engine.build;

import argosy.engine.archive.Compression;
import argosy.engine.build.context.Context;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A context that the request names instead of carrying it ({@code remote}): a git repository, or a
 * URL of a tar, plain or packed, or of a text that is the Dockerfile itself.
 */
final class RemoteContext {
  private static final int BLOCK = 512;
  private static final int MAGIC_AT = 257;

  private RemoteContext() {}

  /** Fetches it; {@code dockerfile}: the name that a text gets. */
  static Context receive(String remote, String dockerfile, Path parent) {
    var git = GitUrl.of(remote);
    if (git.isPresent()) {
      return Context.made(
          parent,
          context -> {
            Path clone = Files.createDirectory(context.more().resolve("clone"));
            Path found = GitClone.into(clone, git.get());
            Files.delete(context.files());
            Files.move(found, context.files());
          });
    }
    if (!Download.isUrl(remote)) {
      throw BuildRun.refused("unsupported remote context: %s is no URL".formatted(remote));
    }
    return downloaded(remote, dockerfile, parent);
  }

  private static Context downloaded(String remote, String dockerfile, Path parent) {
    try {
      Path directory = Files.createDirectories(parent);
      Path file = Files.createTempFile(directory, "remote", "");
      try {
        Download.fetch("error downloading remote context", remote, file);
        if (!isTar(file)) {
          return Context.made(
              parent, context -> Files.move(file, context.files().resolve(name(dockerfile))));
        }
        try (InputStream in = Files.newInputStream(file)) {
          return Context.receive(in, parent);
        }
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can not keep " + remote + ": " + e.getMessage(), e);
    }
  }

  private static String name(String dockerfile) {
    if (dockerfile.contains("/") || dockerfile.equals("..") || dockerfile.equals(".")) {
      throw new Refused(new Failure.Invalid("Cannot locate specified Dockerfile: " + dockerfile));
    }
    return dockerfile;
  }

  private static boolean isTar(Path file) {
    try (InputStream in = Files.newInputStream(file);
        InputStream plain = Compression.plain(in)) {
      byte[] head = plain.readNBytes(BLOCK);
      return head.length == BLOCK
          && new String(head, MAGIC_AT, 5, StandardCharsets.ISO_8859_1).equals("ustar");
    } catch (IOException text) {
      return false; // it begins like something packed and is not
    }
  }
}
