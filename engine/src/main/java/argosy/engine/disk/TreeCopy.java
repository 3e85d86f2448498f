package argosy.engine.disk;

import argosy.engine.disk.TreeArchive.Selection;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Copies a directory with all it holds, by an archive that is unpacked while it is written: owners,
 * modes, times, extended attributes, hard links, devices and holes are kept, and what changes
 * meanwhile can not lead out of either side. Blocks.
 */
public final class TreeCopy {
  private static final int BUFFER = 128 * 1024;

  private TreeCopy() {}

  /** {@code to} exists and becomes what {@code from} is. */
  public static void copy(Path from, Path to) {
    NativeCalls.await(() -> {
      try (var source = HeldFile.directory(from)) {
        run(source, HeldFile.directory(to));
        return true;
      }
    });
  }

  private static void run(HeldFile source, HeldFile target) {
    var failure = new AtomicReference<@Nullable Exception>();
    try (var in = new PipedInputStream(BUFFER)) {
      var out = new PipedOutputStream(in);
      var writer =
          Thread.ofPlatform()
              .name("tree-copy")
              .start(() -> {
                try (var tar = new TreeArchive(new BufferedOutputStream(out, BUFFER), WHOLE)) {
                  tar.add(source, ".");
                  tar.finish();
                } catch (IOException | RuntimeException e) {
                  failure.set(e);
                }
              });
      try {
        Extraction.run(in, target, Extraction.Rules.faithful());
      } finally {
        in.close(); // a writer that waits for room is woken
        writer.join();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    Exception why = failure.get();
    if (why != null) {
      throw new UncheckedIOException(new IOException("can not read all of it", why));
    }
  }

  private static final Selection WHOLE = Selection.WITH_HOLES;
}
