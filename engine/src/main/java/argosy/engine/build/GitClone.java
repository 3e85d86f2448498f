package argosy.engine.build;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Fetches repositories with the {@code git} program of the host: it knows every server, every kind
 * of credential and submodules. Blocks; an interrupt ends it.
 */
final class GitClone {
  private static final int SAID = 64 * 1024;

  private GitClone() {}

  /**
   * Fetches a repository into a directory that is there and empty.
   *
   * @return the directory that the URL means, inside it
   */
  static Path into(Path clone, GitUrl url) {
    git(clone, "init", "-q", ".");
    git(clone, "remote", "add", "origin", url.repository());
    if (succeeds(clone, "fetch", "-q", "--depth", "1", "origin", url.ref())
        || succeeds(
            clone, "fetch", "-q", "origin", url.ref())) { // a plain file server has no depth
      git(clone, "checkout", "-q", "--detach", "FETCH_HEAD");
    } else { // a server may give out a commit only as a part of a branch
      git(clone, "fetch", "-q", "--tags", "origin", "+refs/heads/*:refs/remotes/origin/*");
      git(clone, "checkout", "-q", "--detach", url.ref());
    }
    if (Files.exists(clone.resolve(".gitmodules"))) {
      git(clone, "submodule", "-q", "update", "--init", "--recursive", "--depth", "1");
    }
    return inside(clone, url);
  }

  private static Path inside(Path clone, GitUrl url) {
    try {
      Path top = clone.toRealPath();
      Path found = top.resolve(Path.of("/", url.directory()).normalize().toString().substring(1));
      Path real = found.toRealPath();
      if (real.startsWith(top) && Files.isDirectory(real)) {
        return real;
      }
    } catch (IOException missing) {
      throw new Refused(
          new Failure.Invalid("the repository has no directory " + url.directory()), missing);
    }
    throw BuildRun.refused("the repository has no directory " + url.directory());
  }

  private record Ended(int code, String said) {}

  private static boolean succeeds(Path directory, String... arguments) {
    return run(directory, arguments).code() == 0;
  }

  private static void git(Path directory, String... arguments) {
    var ended = run(directory, arguments);
    if (ended.code() != 0) {
      throw BuildRun.refused(
          "error fetching the repository: git %s: %s".formatted(arguments[0], ended.said()));
    }
  }

  private static Ended run(Path directory, String... arguments) {
    var command =
        new ArrayList<>(
            List.of("git", "-c", "protocol.file.allow=never", "-c", "protocol.ext.allow=never"));
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().put("GIT_TERMINAL_PROMPT", "0");
    builder.environment().put("GIT_CEILING_DIRECTORIES", String.valueOf(directory.getParent()));
    try {
      var process = builder.start();
      process.getOutputStream().close();
      try (InputStream out = process.getInputStream()) {
        String said = new String(out.readNBytes(SAID), StandardCharsets.UTF_8).strip();
        out.skip(Long.MAX_VALUE);
        return new Ended(process.waitFor(), said);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Refused(new Failure.Unavailable("the build was cancelled"), e);
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      if (!directory.toFile().isDirectory()) {
        throw new UncheckedIOException("can not run git in " + directory, e);
      }
      throw new Refused(
          new Failure.NotImplemented(
              "this needs the program git on the host of the daemon: " + e.getMessage()),
          e);
    }
  }
}
