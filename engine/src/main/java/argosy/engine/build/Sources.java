package argosy.engine.build;

import argosy.engine.archive.Compression;
import argosy.engine.build.context.Context;
import argosy.engine.build.context.Fingerprint;
import argosy.engine.build.context.Ignore;
import argosy.engine.build.context.Item;
import argosy.engine.build.context.SourceTree;
import argosy.engine.disk.FileTree;
import argosy.engine.disk.HeldFile;
import argosy.engine.disk.NativeCalls;
import argosy.engine.dockerfile.Heredoc;
import argosy.engine.dockerfile.Instruction;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a COPY or an ADD names: in the context, in another image, behind a URL, in the file.
 */
final class Sources {
  private static final int BLOCK = 512;
  private static final int MAGIC_AT = 257;

  private final Context context;

  Sources(Context context) {
    this.context = context;
  }

  /** {@code other}: the image's files to take from, closed with the goods; null: the context. */
  CopyGoods find(Deed.Copy deed, @Nullable Scaffold other) {
    var items = new ArrayList<Item>();
    try {
      var what = deed.what();
      var checksum = Checksum.of(what);
      Path root = other == null ? context.files() : other.root();
      String verb = what.add() ? "ADD" : "COPY";
      for (String source : what.sources()) {
        var git = what.add() && other == null ? GitUrl.of(source) : Optional.<GitUrl>empty();
        if (git.isPresent() && !source.startsWith("github.com/")) {
          items.add(repository(git.get(), what));
        } else if (what.add() && Download.isUrl(source)) {
          items.add(Download.item(source, deed, checksum, context.more()));
        } else {
          items.addAll(local(root, other == null, deed, source));
        }
      }
      for (Heredoc heredoc : what.heredocs()) {
        items.add(heredoc(heredoc));
      }
      var ignore = ignore(deed);
      leaveOut(items, ignore);
      if (items.isEmpty()) {
        throw BuildRun.refused(verb + " failed: no source files were specified");
      }
      if (items.size() > 1 && !deed.destination().endsWith("/")) {
        throw BuildRun.refused(
            ("When using %s with more than one source file, the destination must be a directory"
                    + " and end with a /")
                .formatted(verb));
      }
      return goods(deed, items, other, ignore);
    } catch (RuntimeException e) {
      items.forEach(Item::close);
      if (other != null) {
        other.close();
      }
      throw e;
    }
  }

  private static Ignore ignore(Deed.Copy deed) {
    var patterns = deed.what().flags().get("exclude");
    return patterns == null ? Ignore.NOTHING : Ignore.parse(String.join("\n", patterns));
  }

  private static void leaveOut(List<Item> items, Ignore ignore) {
    var out =
        items.stream()
            .filter(item -> !item.isDirectory() && ignore.leavesOut(item.name()))
            .toList();
    out.forEach(Item::close);
    items.removeAll(out);
  }

  private static List<Item> local(Path root, boolean context, Deed.Copy deed, String source) {
    String verb = deed.what().add() ? "ADD" : "COPY";
    boolean nested = "true".equals(deed.what().flag("parents"));
    boolean unpacks = deed.what().add() && !"false".equals(deed.what().flag("unpack"));
    return NativeCalls.await(() -> {
      try (var held = HeldFile.directory(root)) {
        var tree = new SourceTree(held, context, verb);
        return (nested ? tree.nested(source) : tree.find(source))
            .stream().map(item -> unpacks && isArchive(item) ? unpacked(item) : item).toList();
      }
    });
  }

  private static Item unpacked(Item item) {
    return new Item(item.file(), item.name(), true);
  }

  /** Told by its content, as Docker does: a tar, plain or packed. */
  private static boolean isArchive(Item item) {
    if (item.isDirectory() || item.status().size() == 0) {
      return false;
    }
    try (InputStream in = item.file().read();
        InputStream plain = Compression.plain(in)) {
      byte[] head = plain.readNBytes(BLOCK);
      return head.length == BLOCK
          && new String(head, MAGIC_AT, 5, StandardCharsets.ISO_8859_1).equals("ustar");
    } catch (IOException unreadable) {
      return false; // begins like something packed and is not: an ordinary file
    }
  }

  private Item repository(GitUrl url, Instruction.Copy what) {
    try {
      Path clone = Files.createTempDirectory(context.more(), "clone");
      Files.setAttribute(clone, "unix:mode", 0755);
      Path found = GitClone.into(clone, url);
      if (!"true".equals(what.flag("keep-git-dir"))) {
        FileTree.delete(clone.resolve(".git"));
      }
      return NativeCalls.await(() -> new Item(HeldFile.directory(found), "", false));
    } catch (IOException e) {
      throw new UncheckedIOException("can not keep a repository: " + e.getMessage(), e);
    }
  }

  private Item heredoc(Heredoc heredoc) {
    return NativeCalls.await(() -> {
      try {
        Path directory = Files.createTempDirectory(context.more(), "heredoc");
        Path file = Files.writeString(directory.resolve("content"), heredoc.content());
        Files.setAttribute(file, "unix:mode", 0644);
        try (var held = HeldFile.directory(directory)) {
          return new Item(held.inside("content"), heredoc.name(), false);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("can not keep a here-document: " + e.getMessage(), e);
      }
    });
  }

  private static CopyGoods goods(
      Deed.Copy deed, List<Item> items, @Nullable Scaffold other, Ignore ignore) {
    String hash =
        NativeCalls.await(() -> {
          try {
            return Fingerprint.of(items, other != null, ignore);
          } catch (IOException e) {
            throw new UncheckedIOException("can not read what is copied: " + e.getMessage(), e);
          }
        });
    String kind = items.size() > 1 ? "multi" : items.getFirst().isDirectory() ? "dir" : "file";
    String flags = flags(deed);
    return new CopyGoods(items, flags + kind + ":" + hash, other != null, ignore, other);
  }

  /** What else makes another layer of the same files. */
  private static String flags(Deed.Copy deed) {
    var text = new StringBuilder();
    for (String name : List.of("chown", "chmod", "parents", "exclude", "unpack")) {
      deed.what()
          .flags()
          .getOrDefault(name, List.of())
          .forEach(value -> text.append("--").append(name).append('=').append(value).append(' '));
    }
    return text.toString();
  }
}
