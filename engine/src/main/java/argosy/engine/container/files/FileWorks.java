package argosy.engine.container.files;

import argosy.engine.disk.Extraction;
import argosy.engine.disk.HeldFile;
import argosy.engine.disk.TreeArchive;
import argosy.engine.disk.TreeArchive.Selection;
import argosy.engine.failure.Done;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The works behind {@code docker cp} and {@code docker export}. */
public final class FileWorks {
  private static final int BUFFER = 128 * 1024;

  private FileWorks() {}

  /** Tells what lies at a path. */
  public static FileWork<PathStat> stat(String path) {
    var asked = asked(path);
    return (site, asker) -> {
      try (var view = FileView.of(site)) {
        var looking = new Looking(view, site.reference());
        try (var found = looking.find(asked)) {
          asker.answer(looking.stat(asked, found));
        }
      }
    };
  }

  /** What a path's archive starts with: its stat, and where the archive is written. */
  public interface Opening<T> {
    /** Makes the answer, and the stream that the archive is written to after it. */
    Opened<T> open(@Nullable PathStat stat);
  }

  /** {@code fail}: ends the archive so that its reader sees that it is not whole. */
  public record Opened<T>(T answer, OutputStream archive, Consumer<Throwable> fail) {}

  /** Writes what lies at a path, and all below it, as a tar. */
  public static <T> FileWork<T> archive(String path, Opening<T> opening) {
    var asked = asked(path);
    return (site, asker) -> {
      try (var view = FileView.of(site)) {
        var looking = new Looking(view, site.reference());
        try (var found = looking.find(asked)) {
          var opened = opening.open(looking.stat(asked, found));
          asker.happened("archive-path");
          asker.answer(opened.answer());
          write(opened, tar -> tar.add(found, asked.name()));
        }
      }
    };
  }

  /** Writes the container's root file system, without what is mounted in it. */
  public static <T> FileWork<T> export(Opening<T> opening) {
    return (site, asker) -> {
      try (var view = FileView.bare(site)) {
        var opened = opening.open(null);
        asker.happened("export");
        asker.answer(opened.answer());
        write(opened, tar -> tar.content(view.root(), ""));
      }
    };
  }

  @FunctionalInterface
  private interface Writing {
    void to(TreeArchive tar) throws IOException;
  }

  private static void write(Opened<?> opened, Writing writing) throws IOException {
    var tar = new TreeArchive(new BufferedOutputStream(opened.archive(), BUFFER), Selection.ALL);
    try {
      writing.to(tar);
      tar.finish();
    } catch (IOException | RuntimeException e) {
      opened.fail().accept(e); // before the stream is closed, which would end it well
      throw e;
    }
    tar.close();
  }

  /** Unpacks a tar, plain or packed, into a directory; {@code sent} is asked for it once. */
  public static FileWork<Done> extract(
      Supplier<InputStream> sent, String path, boolean keepKinds, boolean chown) {
    var asked = asked(path);
    return (site, asker) -> {
      try (var view = FileView.of(site);
          var archive = sent.get()) {
        var looking = new Looking(view, site.reference());
        try (var target = looking.follow(asked)) {
          checkTarget(view, target, site.readOnly());
        }
        var owner = chown ? site.owner().get() : null;
        var rules = new Extraction.Rules(asked.clean(), keepKinds, owner);
        Extraction.run(archive, view.root().again(), rules);
        asker.happened("extract-to-dir");
        asker.answer(new Done());
      }
    };
  }

  private static void checkTarget(FileView view, HeldFile target, boolean readOnly) {
    if (!target.status().isDirectory()) {
      throw new Refused(new Failure.Invalid("extraction point is not a directory"));
    }
    boolean onRoot = target.status().mount() == view.root().status().mount();
    if (onRoot && (readOnly || target.isReadOnly())) {
      throw new Refused(new Failure.Forbidden("container rootfs is marked read-only"));
    }
    if (target.isReadOnly()) {
      throw new Refused(new Failure.Forbidden("mounted volume is marked read-only"));
    }
  }

  private static AskedPath asked(String path) {
    if (path.isEmpty()) {
      throw new Refused(new Failure.Invalid("bad parameter: path cannot be empty"));
    }
    return AskedPath.of(path);
  }
}
