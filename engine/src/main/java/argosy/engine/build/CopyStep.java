package argosy.engine.build;

import argosy.engine.build.context.Ignore;
import argosy.engine.build.context.Item;
import argosy.engine.disk.Extraction;
import argosy.engine.disk.Extraction.Owner;
import argosy.engine.disk.Extraction.Rules;
import argosy.engine.disk.FileStatus;
import argosy.engine.disk.HeldFile;
import argosy.engine.disk.MountTargets;
import argosy.engine.disk.NativeCalls;
import argosy.engine.disk.TreeArchive;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.linux.SystemCallFailed;
import argosy.engine.runtime.UserLookup;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Brings files into a root, each where COPY's rules say. For one platform thread. */
final class CopyStep {
  private static final int PIPE = 256 * 1024;

  private final Path root;
  private final Ignore ignore;
  private final String destination;
  private final @Nullable Owner owner;
  private final @Nullable Owner unpackedOwner;
  private final @Nullable Integer mode;

  /** {@code owner}: for what has none given, or null to keep who they are. */
  CopyStep(Path root, Deed.Copy deed, @Nullable Owner owner, Ignore ignore) {
    this.root = root;
    this.ignore = ignore;
    this.destination = deed.destination();
    String chown = deed.what().flag("chown");
    this.owner = chown == null ? owner : owner(root, chown);
    this.unpackedOwner = chown == null ? null : this.owner;
    this.mode = mode(deed.what().flag("chmod"));
  }

  private static Owner owner(Path root, String chown) {
    try {
      var ids = UserLookup.find(root, chown, List.of());
      boolean grouped = chown.contains(":");
      boolean number = chown.chars().allMatch(Character::isDigit);
      return new Owner(ids.uid(), !grouped && number ? ids.uid() : ids.gid());
    } catch (Refused e) {
      throw new Refused(
          new Failure.Invalid(
              "unable to convert uid/gid chown string to host mapping: " + nobody(chown, e)),
          e);
    }
  }

  private static String nobody(String chown, Refused why) {
    String sentence = why.failure().message();
    String group = chown.substring(chown.indexOf(':') + 1);
    return sentence.contains("unable to find group")
        ? "can't find gid for group %s: no such group: %s".formatted(group, group)
        : sentence.contains("unable to find user")
            ? "can't find uid for user %s: no such user: %s"
                .formatted(chown.split(":", -1)[0], chown.split(":", -1)[0])
            : sentence;
  }

  private static @Nullable Integer mode(@Nullable String chmod) {
    if (chmod == null) {
      return null;
    }
    if (!chmod.matches("[0-7]{1,4}")) {
      throw BuildRun.refused(
          "invalid chmod parameter: '%s'. it should be octal string and between 0 and 07777"
              .formatted(chmod));
    }
    return Integer.parseInt(chmod, 8);
  }

  void bring(Item item) {
    if (item.unpack()) {
      unpack(item);
    } else if (item.nested()) {
      pour(directory(destination), tar -> tar.add(item.file(), item.name()));
    } else if (item.isDirectory()) {
      String directory = directory(destination);
      pour(directory, tar -> tar.content(item.file(), ""));
    } else if (destination.endsWith("/") || isDirectory()) {
      pour(directory(destination), tar -> tar.add(item.file(), item.name()));
    } else {
      int slash = destination.lastIndexOf('/');
      pour(
          directory(destination.substring(0, slash + 1)),
          tar -> tar.add(item.file(), destination.substring(slash + 1)));
    }
  }

  private boolean isDirectory() {
    try (var held = HeldFile.directory(root);
        var there = held.inside(destination)) {
      return there.status().isDirectory();
    } catch (SystemCallFailed nothing) {
      return false;
    }
  }

  /** Made where it is missing, for the files' owner. */
  private String directory(String path) {
    String clean =
        path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    if (!clean.equals("/")) {
      try (var held = HeldFile.directory(root)) {
        MountTargets.make(held, clean.substring(1), true, owner == null ? new Owner(0, 0) : owner)
            .close();
      }
    }
    return clean;
  }

  private void unpack(Item archive) {
    String directory = directory(destination);
    try (InputStream in = archive.file().read()) {
      Extraction.run(
          in, HeldFile.directory(root), new Rules(directory, false, unpackedOwner, mode, true));
    } catch (IOException e) {
      throw new UncheckedIOException("can not read " + archive.name() + ": " + e.getMessage(), e);
    }
  }

  /** What writes a tar. */
  @FunctionalInterface
  private interface Writing {
    void to(TreeArchive tar) throws IOException;
  }

  /** Into a directory of ours, all as it is; {@code name} "" for a directory's content. */
  static void copy(HeldFile file, String name, Path directory) {
    pour(
        HeldFile.directory(directory),
        new Rules("/", false, null, null, true),
        TreeArchive.Selection.ALL,
        tar -> {
          if (name.isEmpty()) {
            tar.content(file, "");
          } else {
            tar.add(file, name);
          }
        });
  }

  private void pour(String directory, Writing writing) {
    pour(HeldFile.directory(root), new Rules(directory, false, owner, mode, true), kept(), writing);
  }

  private TreeArchive.Selection kept() {
    if (ignore == Ignore.NOTHING) {
      return TreeArchive.Selection.ALL;
    }
    return new TreeArchive.Selection() {
      @Override
      public boolean leavesOut(String name, FileStatus file) {
        return ignore.leavesOut(name.endsWith("/") ? name.substring(0, name.length() - 1) : name);
      }
    };
  }

  /** From one tree into the other as a stream, with one thread at each end. */
  private static void pour(
      HeldFile into, Rules rules, TreeArchive.Selection selection, Writing writing) {
    try (var in = new PipedInputStream(PIPE);
        var out = new PipedOutputStream(in)) {
      var written =
          CompletableFuture.runAsync(
              () -> write(writing, selection, out),
              task -> Thread.ofPlatform().daemon().name("build-copy").start(task));
      Extraction.run(in, into, rules);
      written.join();
    } catch (IOException e) {
      throw new UncheckedIOException("files can not be copied: " + e.getMessage(), e);
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static void write(
      Writing writing, TreeArchive.Selection selection, PipedOutputStream out) {
    try (var tar = new TreeArchive(out, selection)) {
      writing.to(tar);
      tar.finish();
    } catch (IOException e) {
      throw new UncheckedIOException("files can not be read: " + e.getMessage(), e);
    }
  }

  /** Does it all on a platform thread. */
  static void bring(Scaffold scaffold, Deed.Copy deed, CopyGoods goods) {
    NativeCalls.await(() -> {
      var step = new CopyStep(scaffold.root(), deed, goods.owner(), goods.ignore());
      goods.items().forEach(step::bring);
      return true;
    });
  }
}
