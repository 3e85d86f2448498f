package argosy.cluster.weather;

import static org.junit.jupiter.api.Assertions.fail;

import argosy.cluster.Cluster;
import argosy.cluster.ClusterConfig;
import argosy.cluster.FakeEngine;
import argosy.cluster.wire.NodeFacts;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Several hosts in one JVM, each with a cluster port on 127.0.0.1 and an engine in memory. */
final class Fleet implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final Path root;
  private final List<Ship> ships = new ArrayList<>();

  Fleet(Path root) {
    this.root = root;
  }

  /** One host; {@code cluster} is closed and started again at will, the engine stays. */
  static final class Ship {
    final String name;
    final FakeEngine engine;
    final ClusterConfig config;
    final NodeFacts facts;
    Cluster cluster;

    Ship(FakeEngine engine, ClusterConfig config, NodeFacts facts) {
      this.name = facts.name();
      this.engine = engine;
      this.config = config;
      this.facts = facts;
      this.cluster = Cluster.start(config, engine, facts);
    }

    String address() {
      return config.listen();
    }

    void restart() {
      cluster.close();
      cluster = Cluster.start(config, engine, facts);
    }

    List<Cluster.Node> nodes() {
      return get(cluster.nodes());
    }

    Cluster.Standing standing() {
      return get(cluster.standing());
    }

    Cluster.Node.State stateOf(String other) {
      return nodes().stream()
          .filter(node -> node.name().equals(other))
          .map(Cluster.Node::state)
          .findFirst()
          .orElse(Cluster.Node.State.DOWN);
    }

    boolean sees(int up) {
      return standing().joined()
          && nodes().stream().filter(n -> n.state() == Cluster.Node.State.UP).count() == up;
    }
  }

  Ship launch(String name, Ship... join) {
    return launch(name, "id-" + name, join);
  }

  Ship launch(String name, String id, Ship... join) {
    var facts =
        new NodeFacts(
            name, id, List.of("name=" + name), URI.create("http://127.0.0.1:1/" + name), "0.1.0");
    var config =
        ConfigFactory.parseMap(
                Map.of(
                    "argosy.cluster.listen",
                    "127.0.0.1:" + freePort(),
                    "argosy.cluster.join",
                    List.of(join).stream().map(Ship::address).toList(),
                    "argosy.cluster.insecure",
                    true,
                    "argosy.cluster.retry",
                    "200ms",
                    "argosy.cluster.gather",
                    "4s",
                    "argosy.engine.data-root",
                    root.resolve(id + ships.size()).toString()))
            .withFallback(quick())
            .withFallback(ConfigFactory.load());
    var ship = new Ship(new FakeEngine(name), ClusterConfig.from(config), facts);
    ships.add(ship);
    return ship;
  }

  /** Everything faster than in earnest. */
  private static Config quick() {
    return ConfigFactory.parseString(
        """
        argosy.cluster.system.pekko.cluster {
          gossip-interval = 200ms
          leader-actions-interval = 200ms
          unreachable-nodes-reaper-interval = 200ms
          periodic-tasks-initial-delay = 100ms
          retry-unsuccessful-join-after = 500ms
          failure-detector {
            heartbeat-interval = 300ms
            acceptable-heartbeat-pause = 3s
            expected-response-after = 300ms
          }
          split-brain-resolver.stable-after = 2s
        }
        argosy.cluster.system.pekko.coordinated-shutdown.default-phase-timeout = 2s
        """);
  }

  static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        fail("not within " + DEADLINE.toSeconds() + " s: " + what);
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  static <T> T get(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  static <T> T ok(CompletionStage<Outcome<T>> stage) {
    return switch (get(stage)) {
      case Outcome.Ok<T>(var value) -> value;
      case Outcome.Failed<T>(var failure) -> throw new AssertionError(failure);
    };
  }

  static <T> Failure failure(CompletionStage<Outcome<T>> stage) {
    return switch (get(stage)) {
      case Outcome.Ok<T>(var value) -> throw new AssertionError("a failure was expected: " + value);
      case Outcome.Failed<T>(var failure) -> failure;
    };
  }

  @Override
  public void close() {
    ships.parallelStream().forEach(ship -> ship.cluster.close());
  }
}
