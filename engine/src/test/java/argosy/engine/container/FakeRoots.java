package argosy.engine.container;

import argosy.engine.disk.FileTree;
import argosy.engine.disk.RootFilesystems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Root file systems that are plain directories. */
public final class FakeRoots implements RootFilesystems {
  private final Path root;
  public final Set<String> mounted = ConcurrentHashMap.newKeySet();
  public final Set<String> made = ConcurrentHashMap.newKeySet();

  /** The next look at the locations breaks. */
  public volatile boolean fails;

  public FakeRoots(Path root) {
    this.root = root;
  }

  @Override
  public Path mount(String container, List<String> layers, boolean durable) {
    mounted.add(container);
    made.add(container);
    try {
      return Files.createDirectories(root.resolve(container));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Hold hold(String container, List<String> layers, boolean durable) {
    Path path = mount(container, layers, durable);
    return new Hold() {
      @Override
      public Path root() {
        return path;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public Path sharedMemory(String container, long bytes) {
    return sharedMemory(container);
  }

  @Override
  public Path sharedMemory(String container) {
    return Path.of("/fake/shm", container);
  }

  @Override
  public Path bind(String container, int number, Path source) {
    return source;
  }

  @Override
  public Path image(String container, int number, List<String> layers) {
    return Path.of("/images", Integer.toString(number));
  }

  @Override
  public void unmount(String container) {
    mounted.remove(container);
  }

  @Override
  public void remove(String container) {
    mounted.remove(container);
    made.remove(container);
    FileTree.delete(root.resolve(container));
  }

  @Override
  public Locations locations(String container, List<String> layers) {
    if (fails) {
      fails = false;
      throw new IllegalStateException("a test broke this");
    }
    Path own = root.resolve(container);
    return new Locations(List.of(), own, own, own);
  }

  @Override
  public long writableBytes(String container) {
    return 7;
  }

  @Override
  public Set<String> mounted() {
    return Set.copyOf(mounted);
  }

  @Override
  public List<String> remains() {
    return List.copyOf(made);
  }
}
