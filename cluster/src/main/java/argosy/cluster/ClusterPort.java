package argosy.cluster;

import argosy.cluster.gateway.Caller;
import argosy.cluster.member.Membership;
import argosy.cluster.member.Surroundings;
import argosy.cluster.wire.NodeFacts;
import argosy.engine.Engine;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;

/** The open cluster port: one actor system, from its start to its end. */
final class ClusterPort {
  private final ActorSystem<ClusterNode.Command> system;
  private final CompletableFuture<ActorRef<Caller.Command>> caller = new CompletableFuture<>();
  private volatile Membership membership = Membership.closed("the cluster port is being opened");

  /**
   * Opens it.
   *
   * @throws Refused when the address can not be bound
   */
  ClusterPort(ClusterConfig config, Engine engine, NodeFacts self, Executor blocking) {
    try {
      system =
          ActorSystem.create(
              ClusterNode.create(engine, lost -> around(config, self, lost, blocking), caller),
              Endpoint.SYSTEM,
              settings(config));
    } catch (RuntimeException e) {
      throw new Refused(
          new Failure.Unavailable(
              "the cluster port %s can not be opened: %s".formatted(config.listen(), reason(e))),
          e);
    }
  }

  private static String reason(Throwable e) {
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return String.valueOf(deepest.getMessage());
  }

  private Surroundings around(
      ClusterConfig config, NodeFacts self, Consumer<String> lost, Executor blocking) {
    return new Surroundings(
        self,
        config.join().stream().map(one -> Endpoint.parse(one, "--join").system()).toList(),
        config.foundAnew(),
        config.retry(),
        Surroundings.Store.in(config.directory()),
        now -> membership = now,
        lost,
        blocking,
        InstantSource.system());
  }

  private static Config settings(ClusterConfig config) {
    var listen = Endpoint.parse(config.listen(), "--cluster-listen");
    var advertised = advertised(config, listen);
    return ConfigFactory.parseMap(
            Map.of(
                "pekko.remote.artery.canonical.hostname", advertised.bare(),
                "pekko.remote.artery.canonical.port", advertised.port(),
                "pekko.remote.artery.bind.hostname", listen.bare(),
                "pekko.remote.artery.bind.port", listen.port() == 0 ? "" : listen.port()))
        .withFallback(config.system());
  }

  private static Endpoint advertised(ClusterConfig config, Endpoint listen) {
    String text = config.advertise();
    if (text.isEmpty()) {
      return listen;
    }
    return text.lastIndexOf(':') > text.lastIndexOf(']')
        ? Endpoint.parse(text, "argosy.cluster.advertise")
        : new Endpoint(text, listen.port());
  }

  Membership membership() {
    return membership;
  }

  ActorSystem<?> system() {
    return system;
  }

  /** The actor that asks other nodes; it is there as soon as the port is open. */
  CompletionStage<ActorRef<Caller.Command>> caller() {
    return caller;
  }

  CompletionStage<?> closed() {
    return system.getWhenTerminated();
  }

  void close() {
    system.terminate();
  }
}
