package argosy.engine;

import argosy.engine.disk.OverlayRoots;
import argosy.engine.disk.RootFilesystems;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.runtime.ConmonRuntime;
import argosy.engine.runtime.ContainerRuntime;
import argosy.engine.runtime.ContainerRuntime.Runtimes.Found;
import argosy.engine.runtime.RuntimeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * What touches this host on behalf of the actors, opened once.
 *
 * @param blocking virtual threads, for whatever blocks
 */
record Drivers(
    String id,
    Machine machine,
    ContainerRuntime runtime,
    RootFilesystems roots,
    ExecutorService blocking,
    RandomGenerator random)
    implements AutoCloseable {

  /** Throws {@link Refused} with one sentence when this host can not run containers. */
  static Drivers open(EngineConfig config) {
    makeRoots(config);
    var blocking = Executors.newVirtualThreadPerTaskExecutor();
    return new Drivers(
        EngineId.of(config.dataRoot()).id(),
        Machine.read(),
        ConmonRuntime.open(new RuntimeConfig(config.execRoot(), config.runtime(), blocking)),
        new OverlayRoots(config.dataRoot()),
        blocking,
        new SecureRandom());
  }

  Map<String, String> runtimePaths() {
    return runtime.runtimes().found().stream()
        .collect(Collectors.toMap(Found::name, found -> found.path().toString(), (a, _) -> a));
  }

  /** What an operator should know about this host. */
  List<String> warnings() {
    return runtime.runtimes().found().stream().flatMap(it -> KnownEscapes.of(it).stream()).toList();
  }

  @Override
  public void close() {
    if (runtime instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw new IllegalStateException("the runtime driver did not close", e);
      }
    }
    blocking.shutdown();
  }

  private static void makeRoots(EngineConfig config) {
    try {
      Files.createDirectories(config.dataRoot());
      Files.createDirectories(config.execRoot());
    } catch (IOException e) {
      throw new Refused(
          new Failure.Internal(
              "can not make the directories %s and %s: %s"
                  .formatted(config.dataRoot(), config.execRoot(), e)),
          e);
    }
  }
}
