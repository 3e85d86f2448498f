package argosy.engine.build.context;

import argosy.engine.disk.Extraction;
import argosy.engine.disk.FileTree;
import argosy.engine.disk.HeldFile;
import argosy.engine.disk.NativeCalls;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.linux.SystemCallFailed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A build's context, unpacked in a directory of its own that goes when it is closed. */
public final class Context implements AutoCloseable {
  private static final int LARGEST_DOCKERFILE = 1 << 20;

  private final Path directory;

  private Context(Path directory) {
    this.directory = directory;
  }

  /**
   * Unpacks a tar, plain or packed; nothing in it reaches outside.
   *
   * @param parent where it is unpacked
   */
  public static Context receive(InputStream tar, Path parent) {
    var context = new Context(fresh(parent));
    try {
      NativeCalls.await(() -> {
        var root = HeldFile.directory(context.files());
        Extraction.run(tar, root, new Extraction.Rules("/", false, null, null, true));
        return true;
      });
      return context;
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  /** What fills a context. */
  @FunctionalInterface
  public interface Filling {
    void into(Context context) throws IOException;
  }

  /** Makes one that somebody fills; a failure leaves nothing. */
  public static Context made(Path parent, Filling filling) {
    var context = new Context(fresh(parent));
    try {
      filling.into(context);
      return context;
    } catch (IOException e) {
      context.close();
      throw new UncheckedIOException("can not make a build's context: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  private static Path fresh(Path parent) {
    try {
      Path directory = Files.createTempDirectory(Files.createDirectories(parent), "context");
      Files.createDirectory(directory.resolve("files"));
      Files.createDirectory(directory.resolve("more"));
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException("can not make a build's directory: " + e.getMessage(), e);
    }
  }

  /** The client's files. */
  public Path files() {
    return directory.resolve("files");
  }

  /** A directory for what the build itself brings: downloads, here-documents. */
  public Path more() {
    return directory.resolve("more");
  }

  /**
   * Takes the Dockerfile and {@code .dockerignore} out where the latter says so: clients send them
   * nevertheless.
   */
  public void withoutIgnored(String dockerfile) {
    NativeCalls.await(() -> {
      try (var root = HeldFile.directory(files())) {
        var ignore = ignore(root);
        for (String name : List.of(dockerfile, ".dockerignore")) {
          String path = Path.of("/", name).normalize().toString().substring(1);
          if (ignore.leavesOut(path)) {
            remove(root, path);
          }
        }
        return true;
      }
    });
  }

  private static Ignore ignore(HeldFile root) {
    try (var file = root.inside(".dockerignore");
        var in = file.read()) {
      return Ignore.parse(new String(in.readNBytes(LARGEST_DOCKERFILE), StandardCharsets.UTF_8));
    } catch (SystemCallFailed | IOException none) {
      return Ignore.NOTHING;
    }
  }

  private static void remove(HeldFile root, String path) {
    int slash = path.lastIndexOf('/');
    try (var parent = root.inside(slash < 0 ? "." : path.substring(0, slash))) {
      Files.deleteIfExists(Path.of(parent.path(), path.substring(slash + 1)));
    } catch (SystemCallFailed missing) {
      if (!missing.is(SystemCallFailed.ENOENT)) {
        throw missing;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can not leave out " + path + ": " + e.getMessage(), e);
    }
  }

  /** The text of a Dockerfile; refused where there is none. */
  public String dockerfile(String name) {
    return NativeCalls.await(() -> {
      try (var root = HeldFile.directory(files());
          var file = root.inside(name);
          var in = file.read()) {
        byte[] bytes = in.readNBytes(LARGEST_DOCKERFILE);
        if (bytes.length == 0) {
          throw new Refused(
              new Failure.Invalid("the Dockerfile (%s) cannot be empty".formatted(name)));
        }
        return new String(bytes, StandardCharsets.UTF_8);
      } catch (SystemCallFailed | IOException e) {
        throw new Refused(new Failure.Invalid("Cannot locate specified Dockerfile: " + name), e);
      }
    });
  }

  @Override
  public void close() {
    FileTree.delete(directory);
  }
}
