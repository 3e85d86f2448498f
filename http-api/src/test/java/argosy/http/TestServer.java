package argosy.http;

import argosy.http.peer.Peers;
import argosy.http.transport.Dialer;
import argosy.http.transport.ListenAddress;
import argosy.http.transport.Listener;
import argosy.http.transport.Readiness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.Materializer;

/** A server on a Unix socket and on TCP, for one test. */
final class TestServer implements AutoCloseable {
  final ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "http-test");
  private final HttpLayer layer = new HttpLayer(system);
  final Readiness readiness = new Readiness();
  final HttpServer server;
  final ListenAddress unix;
  final ListenAddress tcp;

  TestServer(Path directory, Function<TestServer, HttpServer.Front> fronts, int maxConnections) {
    var config =
        new HttpConfig(
            List.of(),
            List.of(),
            "",
            false,
            maxConnections,
            Duration.ofSeconds(1),
            "",
            Duration.ofSeconds(1),
            "");
    server = new HttpServer(layer, config, readiness);
    var front = fronts.apply(this);
    unix = open(new ListenAddress.Unix(directory.resolve("test.sock")), front);
    tcp = open(new ListenAddress.Tcp("127.0.0.1", 0), front);
  }

  private ListenAddress open(ListenAddress address, HttpServer.Front front) {
    var listener = Listener.open(address, "", readiness);
    server.serve(listener, front);
    return listener.address();
  }

  Peers peers() {
    return new Peers(
        layer.client(), new Dialer(readiness, Duration.ofSeconds(1)), layer.materializer());
  }

  Materializer materializer() {
    return layer.materializer();
  }

  List<ListenAddress> addresses() {
    return List.of(unix, tcp);
  }

  /** Fails unless the condition holds within the time. */
  static void eventually(Duration within, java.util.function.BooleanSupplier condition) {
    long deadline = System.nanoTime() + within.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("did not happen within " + within);
      }
      java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
    }
  }

  @Override
  public void close() throws InterruptedException, TimeoutException {
    server.stop().toCompletableFuture().join();
    system.terminate();
    try {
      system.getWhenTerminated().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException e) {
      throw new AssertionError(e);
    }
    readiness.close();
  }
}
