package argosy.cli.container;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Archives made and unpacked by GNU tar, which every host has and which knows all kinds of files.
 */
final class Tar implements Closeable {
  private final Process process;

  private Tar(Process process) {
    this.process = process;
  }

  /**
   * Where an archive's one top entry goes.
   *
   * @param name what the top entry becomes; "." for its content alone
   */
  record Destination(Path directory, String name) {}

  /** {@code name}: what the file or directory is called in the archive, "." for content alone. */
  static Tar of(Path source, String name, boolean followLinks) throws IOException {
    var command = new ArrayList<>(List.of("tar", "-c", "-f", "-"));
    if (followLinks) {
      command.add("-h");
    }
    if (name.equals(".")) {
      command.addAll(List.of("-C", source.toString(), "."));
    } else {
      Path parent = source.getParent();
      String base = String.valueOf(source.getFileName());
      command.add("--transform=" + renamed(base, name));
      command.addAll(List.of("-C", parent == null ? "/" : parent.toString(), "--", base));
    }
    return new Tar(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  InputStream output() {
    return process.getInputStream();
  }

  /** Unpacks to the archive's end; owners only when asked for. */
  static void extract(InputStream archive, Destination to, boolean owners) throws IOException {
    var command = new ArrayList<>(List.of("tar", "-x", "-p", "-f", "-"));
    command.add(owners ? "--same-owner" : "--no-same-owner");
    command.addAll(List.of("-C", to.directory().toString()));
    command.add(
        to.name().equals(".")
            ? "--strip-components=1"
            : "--transform=s\001^[^/]*\001" + replacement(to.name()) + "\001rhS");
    var tar =
        new Tar(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    try (tar;
        var in = tar.process.getOutputStream()) {
      archive.transferTo(in);
    }
  }

  /** Only names, and those hard links name; where symbolic links lead is theirs. */
  private static String renamed(String base, String name) {
    String literal = base.replaceAll("[\\\\.*\\[\\]^$]", "\\\\$0");
    return "s\001^" + literal + "\001" + replacement(name) + "\001rhS";
  }

  private static String replacement(String name) {
    return name.replace("\\", "\\\\").replace("&", "\\&");
  }

  /** Throws when tar did not do all it should. */
  @Override
  public void close() throws IOException {
    try {
      process.getOutputStream().close();
      int code = process.waitFor();
      if (code != 0) {
        throw new IOException("tar failed with exit code " + code);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
