package argosy.http;

import argosy.cluster.Cluster;
import argosy.cluster.ClusterConfig;
import argosy.cluster.wire.NodeFacts;
import argosy.engine.EngineConfig;
import argosy.http.dispatch.Dispatch;
import argosy.http.endpoint.Call.View;
import argosy.http.peer.Peers;
import argosy.http.transport.Dialer;
import argosy.http.transport.Readiness;
import com.typesafe.config.Config;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All parts of one daemon, put together; closing it takes them apart in the opposite order. */
final class Daemon implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Daemon.class);

  private record Part(String name, AutoCloseable closing) {}

  private final Deque<Part> parts = new ArrayDeque<>();
  private final Doors doors;

  /**
   * Starts everything; on a failure, what was started is taken apart again.
   *
   * @throws RuntimeException with a sentence for the operator
   * @throws Error when the installation is broken, as with a class that is missing
   */
  Daemon(Config config, LocalHost.Start engines) {
    try {
      doors = start(config, engines);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private Doors start(Config config, LocalHost.Start engines) {
    var http = HttpConfig.from(config);
    var engineConfig = EngineConfig.from(config);
    var clusterConfig = ClusterConfig.from(config);
    part("the data root's lock", RootLock.take(engineConfig.dataRoot()));
    part("the pid file", PidFile.write(http.pidfile()));
    var readiness = part("the sockets", new Readiness());
    var opened = part("the listeners", Doors.open(http, engineConfig, clusterConfig, readiness));
    var engine = part("the engine", engines.start(engineConfig, config));
    var self =
        new NodeFacts(
            engine.name(),
            engine.id(),
            engineConfig.labels(),
            opened.peerUri(clusterConfig),
            Release.VERSION);
    var cluster = part("the cluster", Cluster.start(clusterConfig, engine.engine(), self));
    var layer = new HttpLayer(engine.system());
    var peers =
        new Peers(
            layer.client(), new Dialer(readiness, http.peerConnectTimeout()), layer.materializer());
    var dispatch =
        new Dispatch(
            Routes.all(InstantSource.system(), Release.VERSION),
            engine.engine(),
            cluster,
            peers,
            layer.materializer());
    var server = new HttpServer(layer, http, readiness);
    part("the connections", () -> server.stop().toCompletableFuture().join());
    serve(server, opened, dispatch);
    return opened;
  }

  private static void serve(HttpServer server, Doors doors, Dispatch dispatch) {
    doors.host().forEach(it -> server.serve(it, request -> dispatch.answer(View.HOST, request)));
    doors
        .cluster()
        .forEach(it -> server.serve(it, request -> dispatch.answer(View.CLUSTER, request)));
    if (doors.peer() != null) {
      server.serve(doors.peer(), request -> dispatch.answer(View.HOST, request));
    }
  }

  private <T extends AutoCloseable> T part(String name, T part) {
    parts.push(new Part(name, part));
    return part;
  }

  /** Where it listens, for the operator. */
  String described() {
    return doors.described();
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      var part = parts.pop();
      try {
        part.closing().close();
      } catch (Exception | LinkageError e) {
        log.error("could not close {}: {}", part.name(), e.getMessage(), e);
      }
    }
  }
}
