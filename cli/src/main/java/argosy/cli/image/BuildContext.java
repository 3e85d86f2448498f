package argosy.cli.image;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/**
 * The files a build is about, on their way to the daemon.
 *
 * @param dockerfile its name in what is sent
 * @param remote a URL that the daemon fetches them from, or "" when they are sent
 */
record BuildContext(String dockerfile, String remote, Sending sending) {
  private static final int HEAD = 512;

  /** Writes a tar. */
  @FunctionalInterface
  interface Sending {
    void to(OutputStream out) throws IOException;
  }

  /**
   * Finds it.
   *
   * @param place a directory, a URL, or {@code -}: a tar or a Dockerfile on {@code in}
   * @param file {@code -f}: below the directory or anywhere else, {@code -}: on {@code in}; "" is
   *     the directory's Dockerfile
   */
  static BuildContext of(String place, String file, InputStream in) throws IOException {
    if (isUrl(place)) {
      return new BuildContext(file.isEmpty() ? "Dockerfile" : file, place, _ -> {});
    }
    if (place.equals("-")) {
      return ofInput(file, new BufferedInputStream(in));
    }
    Path directory = Path.of(place);
    if (!Files.isDirectory(directory)) {
      throw new IOException("unable to prepare context: path \"" + place + "\" not found");
    }
    if (file.equals("-")) {
      return ofDirectory(directory, ".dockerfile.stdin", in.readAllBytes());
    }
    Path wanted = file.isEmpty() ? directory.resolve("Dockerfile") : Path.of(file);
    if (!Files.isRegularFile(wanted)) {
      throw new IOException(
          "unable to prepare context: unable to evaluate symlinks in Dockerfile path: lstat %s: no such file or directory"
              .formatted(wanted));
    }
    Path top = directory.toRealPath();
    Path real = wanted.toAbsolutePath().normalize();
    Path parent = real.getParent();
    Path found = parent == null ? real : parent.toRealPath().resolve(real.getFileName());
    return found.startsWith(top)
        ? ofDirectory(directory, top.relativize(found).toString(), new byte[0])
        : ofDirectory(directory, ".dockerfile.outside", Files.readAllBytes(wanted));
  }

  private static boolean isUrl(String place) {
    String lower = place.toLowerCase(Locale.ROOT);
    return lower.startsWith("http://")
        || lower.startsWith("https://")
        || lower.startsWith("git://")
        || lower.startsWith("ssh://")
        || lower.startsWith("git@")
        || lower.startsWith("github.com/");
  }

  private static BuildContext ofInput(String file, BufferedInputStream in) throws IOException {
    in.mark(HEAD);
    byte[] head = in.readNBytes(HEAD);
    in.reset();
    if (isArchive(head)) {
      return new BuildContext(file.isEmpty() ? "Dockerfile" : file, "", in::transferTo);
    }
    byte[] text = in.readAllBytes();
    return new BuildContext(
        "Dockerfile",
        "",
        out -> {
          var tar = new TarStream(out);
          bytes(tar, "Dockerfile", text);
          tar.finish();
        });
  }

  /** A tar, or packed by gzip, bzip2, xz or zstd. */
  private static boolean isArchive(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    return text.startsWith("\u001f\u008b")
        || text.startsWith("BZh")
        || text.startsWith("\u00fd7zXZ")
        || text.startsWith("\u0028\u00b5\u002f\u00fd")
        || text.length() == HEAD && text.startsWith("ustar", 257);
  }

  private static BuildContext ofDirectory(Path directory, String dockerfile, byte[] besides)
      throws IOException {
    Path own = directory.resolve(dockerfile + ".dockerignore");
    Path ignore = Files.isRegularFile(own) ? own : directory.resolve(".dockerignore");
    var rules = IgnoreFile.parse(Files.isRegularFile(ignore) ? Files.readString(ignore) : "");
    return new BuildContext(
        dockerfile,
        "",
        out -> {
          var tar = new TarStream(out);
          new Walk(tar, rules, dockerfile).send(directory, "");
          if (besides.length > 0) {
            bytes(tar, dockerfile, besides);
          }
          tar.finish();
        });
  }

  private static void bytes(TarStream tar, String name, byte[] bytes) throws IOException {
    tar.file(name, 0644, Instant.EPOCH, bytes.length, new java.io.ByteArrayInputStream(bytes));
  }

  /** Sends what is not left out; the Dockerfile and .dockerignore always are: the daemon reads. */
  private record Walk(TarStream tar, IgnoreFile rules, String dockerfile) {
    void send(Path directory, String prefix) throws IOException {
      try (var entries = Files.list(directory)) {
        for (Path entry : entries.sorted().toList()) {
          entry(entry, prefix + entry.getFileName());
        }
      }
    }

    private void entry(Path file, String name) throws IOException {
      boolean out =
          rules.leavesOut(name) && !name.equals(dockerfile) && !name.equals(".dockerignore");
      boolean directory = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
      if (!out) {
        write(file, name, directory);
      }
      if (directory && (!out || rules.takesIn() || dockerfile.startsWith(name + "/"))) {
        send(file, name + "/");
      }
    }

    private void write(Path file, String name, boolean directory) throws IOException {
      try {
        var status = Files.readAttributes(file, "unix:mode,size", LinkOption.NOFOLLOW_LINKS);
        int mode = (Integer) Objects.requireNonNull(status.get("mode")) & 07777;
        long size = (Long) Objects.requireNonNull(status.get("size"));
        var modified = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
        if (directory) {
          tar.directory(name + "/", mode, modified);
        } else if (Files.isSymbolicLink(file)) {
          tar.link(name, Files.readSymbolicLink(file).toString(), modified);
        } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          try (InputStream in = Files.newInputStream(file)) {
            tar.file(name, mode, modified, size, in);
          }
        }
      } catch (NoSuchFileException vanished) {
        return; // somebody removed it meanwhile: it is no part of the context
      }
    }
  }
}
