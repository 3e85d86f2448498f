package argosy.engine.disk;

import static argosy.engine.linux.Libc.check;

import argosy.engine.linux.Libc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Root file systems by overlayfs: {@code containers/ID/upper}, {@code work} and {@code merged} over
 * the shared layers.
 */
public final class OverlayRoots implements RootFilesystems {
  private static final String UPPER = "upper";
  private static final String WORK = "work";
  private static final String MERGED = "merged";
  private static final String SHM = "shm";
  private static final String PLACES = "mounts";

  /** MS_NOSUID, MS_NODEV, MS_NOEXEC. */
  private static final int QUIET = 2 | 4 | 8;

  private static final Path INDEX = Path.of("/sys/module/overlay/parameters/index");

  private final Path containers;
  private final Path layers;
  private final Path empty;
  private final Map<String, Use> uses = new ConcurrentHashMap<>();

  /** {@code dataRoot}: where {@code layers} and {@code containers} are. */
  public OverlayRoots(Path dataRoot) {
    Path real = real(dataRoot);
    this.containers = real.resolve("containers");
    this.layers = real.resolve("layers");
    this.empty = layers.resolve(".empty");
  }

  /** The kernel lists mounts by their real paths. */
  private static Path real(Path dataRoot) {
    try {
      return Files.createDirectories(dataRoot).toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException("can not make " + dataRoot + ": " + e, e);
    }
  }

  @Override
  public Path mount(String container, List<String> chain, boolean durable) {
    var use = use(container);
    synchronized (use) {
      Path root = mounted(container, chain, durable);
      use.wanted = true;
      return root;
    }
  }

  @Override
  public Hold hold(String container, List<String> chain, boolean durable) {
    var use = uses.computeIfAbsent(container, id -> new Use(isMounted(id)));
    synchronized (use) {
      Path root = mounted(container, chain, durable);
      use.holds++;
      return new Held(container, use, root);
    }
  }

  private Use use(String container) {
    return uses.computeIfAbsent(container, _ -> new Use(false));
  }

  private boolean isMounted(String container) {
    return Mounts.below(containers).contains(containers.resolve(container).resolve(MERGED));
  }

  /** Why a root is mounted: for its container's run, or for those who look at its files. */
  private static final class Use {
    private boolean wanted;
    private int holds;

    Use(boolean wanted) {
      this.wanted = wanted;
    }
  }

  private final class Held implements Hold {
    private final String container;
    private final Use use;
    private final Path root;
    private boolean closed;

    Held(String container, Use use, Path root) {
      this.container = container;
      this.use = use;
      this.root = root;
    }

    @Override
    public Path root() {
      return root;
    }

    @Override
    public void close() {
      synchronized (use) {
        if (!closed && --use.holds == 0 && !use.wanted) {
          unmountNow(container);
        }
        closed = true;
      }
    }
  }

  private Path mounted(String container, List<String> chain, boolean durable) {
    var parts = locations(container, chain);
    if (Mounts.below(containers).contains(parts.merged())) {
      return parts.merged();
    }
    OverlayMount.prepare(parts, empty);
    var options =
        new OverlayOptions(
            parts.lower(), parts.upper(), parts.work(), durable, Files.exists(INDEX));
    OverlayMount.mount(parts.merged(), options);
    return parts.merged();
  }

  @Override
  public Path sharedMemory(String container) {
    return containers.resolve(container).resolve(SHM);
  }

  @Override
  public Path sharedMemory(String container, long bytes) {
    Path shm = sharedMemory(container);
    if (!Mounts.below(containers).contains(shm)) {
      try {
        Files.createDirectories(shm);
      } catch (IOException e) {
        throw new UncheckedIOException("can not make " + shm + ": " + e, e);
      }
      NativeCalls.await(() ->
          check(
              "mount tmpfs on " + shm,
              Libc.mount("shm", shm.toString(), "tmpfs", QUIET, "mode=1777,size=" + bytes)));
    }
    return shm;
  }

  @Override
  public Path bind(String container, int number, Path source) {
    Path place = place(container, number);
    PrivatePlaces.bind(source, place);
    return place;
  }

  @Override
  public Path image(String container, int number, List<String> chain) {
    Path place = place(container, number);
    if (!Mounts.below(place).contains(place)) {
      PrivatePlaces.image(locations(container, chain).lower(), empty, place);
    }
    return place;
  }

  private Path place(String container, int number) {
    return containers.resolve(container).resolve(PLACES).resolve(Integer.toString(number));
  }

  @Override
  public void unmount(String container) {
    var use = use(container);
    synchronized (use) {
      use.wanted = false;
      if (use.holds == 0) {
        unmountNow(container);
      }
    }
  }

  private void unmountNow(String container) {
    Path merged = containers.resolve(container).resolve(MERGED);
    Path shm = sharedMemory(container);
    Path places = containers.resolve(container).resolve(PLACES);
    NativeCalls.await(() -> {
      OverlayMount.unmounted(shm);
      boolean clean = OverlayMount.unmounted(merged);
      if (Files.isDirectory(places)) {
        PrivatePlaces.clear(places);
      }
      return clean;
    });
  }

  /** The mount point is removed alone: what might still be mounted in it is not ours to empty. */
  @Override
  public void remove(String container) {
    var use = uses.remove(container);
    if (use != null) {
      synchronized (use) {
        use.wanted = false;
      }
    }
    unmountNow(container);
    Path directory = containers.resolve(container);
    try {
      Files.deleteIfExists(directory.resolve(MERGED));
    } catch (IOException e) {
      throw new UncheckedIOException("can not remove the root of " + container + ": " + e, e);
    }
    FileTree.delete(directory.resolve(WORK));
    FileTree.delete(directory.resolve(UPPER));
  }

  @Override
  public Locations locations(String container, List<String> chain) {
    Path directory = containers.resolve(container);
    var lower = new ArrayList<Path>();
    for (String id : chain.reversed()) {
      lower.add(Layers.files(layers, Digest.parse(id)));
    }
    if (lower.isEmpty()) {
      lower.add(empty);
    }
    return new Locations(
        lower, directory.resolve(UPPER), directory.resolve(WORK), directory.resolve(MERGED));
  }

  @Override
  public long writableBytes(String container) {
    return FileTree.bytes(containers.resolve(container).resolve(UPPER));
  }

  @Override
  public Set<String> mounted() {
    return Mounts.below(containers).stream()
        .filter(mount -> mount.endsWith(MERGED) || isPlace(mount))
        .map(mount -> containers.relativize(mount).getName(0).toString())
        .collect(Collectors.toSet());
  }

  private static boolean isPlace(Path mount) {
    Path parent = mount.getParent();
    return parent != null && parent.endsWith(PLACES);
  }

  @Override
  public List<String> remains() {
    var found = new TreeSet<>(mounted());
    if (Files.isDirectory(containers)) {
      try (var directories = Files.newDirectoryStream(containers)) {
        for (Path directory : directories) {
          if (Files.exists(directory.resolve(UPPER))) {
            found.add(directory.getFileName().toString());
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException("can not list " + containers + ": " + e, e);
      }
    }
    return List.copyOf(found);
  }
}
