package argosy.engine.build;

import argosy.engine.build.context.Context;
import argosy.engine.build.context.Fingerprint;
import argosy.engine.build.context.Item;
import argosy.engine.disk.HeldFile;
import argosy.engine.disk.NativeCalls;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.linux.SystemCallFailed;
import argosy.engine.spec.Storage.Mount;
import argosy.engine.spec.Storage.MountType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the command of one RUN step finds mounted; closed when it has run, or need not run. */
final class StepMounts implements Workshop.Mounts {
  private final Context context;
  private final Caches caches;
  private final List<AutoCloseable> held = new ArrayList<>();
  private final List<Mount> mounts = new ArrayList<>();
  private final StringBuilder digest = new StringBuilder();

  private StepMounts(Context context, Caches caches) {
    this.context = context;
    this.caches = caches;
  }

  /** {@code from}: mounts the files of the image that a mount is from; null for the context. */
  static StepMounts of(
      Deed.Run run, Context context, Caches caches, Function<RunMount, @Nullable Scaffold> from) {
    var all = new StepMounts(context, caches);
    try {
      for (RunMount mount : run.mounts()) {
        all.add(mount, from);
      }
      if (run.script() != null) {
        all.script(run.command().getFirst(), run.script());
      }
      return all;
    } catch (RuntimeException e) {
      all.close();
      throw e;
    }
  }

  private void add(RunMount mount, Function<RunMount, @Nullable Scaffold> from) {
    switch (mount.kind()) {
      case TMPFS ->
          mounts.add(
              new Mount(
                  MountType.TMPFS,
                  "",
                  mount.target(),
                  false,
                  "",
                  false,
                  false,
                  null,
                  null,
                  mount.size(),
                  0,
                  null));
      case CACHE -> {
        var lease = caches.take(mount);
        held.add(lease);
        mounts.add(bind(lease.path().toString(), mount.target(), mount.readOnly()));
      }
      case BIND -> {
        var scaffold = from.apply(mount);
        if (scaffold != null) {
          held.add(scaffold);
        }
        bind(mount, scaffold);
      }
    }
  }

  private static Mount bind(String source, String target, boolean readOnly) {
    return new Mount(
        MountType.BIND, source, target, readOnly, "", false, false, null, null, 0, 0, null);
  }

  /** What a command writes into the context nobody sees after it: it gets a copy. */
  private void bind(RunMount mount, @Nullable Scaffold scaffold) {
    Path root = scaffold == null ? context.files() : scaffold.root();
    String wanted = mount.source().isEmpty() ? "." : mount.source();
    String path =
        NativeCalls.await(() -> {
          try (var tree = HeldFile.directory(root);
              var file = tree.inside(wanted)) {
            var item = new Item(file, "", false);
            digest.append(" ").append(Fingerprint.of(List.of(item), scaffold != null));
            Path real = Files.readSymbolicLink(Path.of(file.path()));
            return mount.readOnly() || scaffold != null ? real.toString() : copy(file);
          } catch (SystemCallFailed e) {
            throw new Refused(
                new Failure.NotFound(
                    "failed to compute cache key: \"%s\": not found".formatted(mount.source())),
                e);
          } catch (IOException e) {
            throw new UncheckedIOException("can not mount " + wanted + ": " + e.getMessage(), e);
          }
        });
    mounts.add(bind(path, mount.target(), mount.readOnly()));
  }

  private String copy(HeldFile file) throws IOException {
    Path copy = Files.createTempDirectory(context.more(), "mount");
    String name = file.status().isDirectory() ? "" : "file";
    CopyStep.copy(file, name, copy);
    return copy.resolve(name).toString();
  }

  private void script(String target, String content) {
    try {
      Path file = Files.createTempDirectory(context.more(), "script").resolve("content");
      Files.writeString(file, content);
      Files.setAttribute(file, "unix:mode", 0755);
      mounts.add(bind(file.toString(), target, true));
    } catch (IOException e) {
      throw new UncheckedIOException("can not keep a here-document: " + e.getMessage(), e);
    }
  }

  List<Mount> mounts() {
    return List.copyOf(mounts);
  }

  @Override
  public String digest() {
    return digest.toString();
  }

  @Override
  public void close() {
    for (AutoCloseable one : held.reversed()) {
      switch (one) {
        case Scaffold scaffold -> scaffold.close();
        case Caches.Lease lease -> lease.close();
        default -> throw new IllegalStateException("nobody else is held: " + one);
      }
    }
  }
}
