package argosy.http;

import argosy.cluster.ClusterConfig;
import argosy.engine.EngineConfig;
import argosy.http.transport.ListenAddress;
import argosy.http.transport.Listener;
import argosy.http.transport.Readiness;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every listener of the daemon, opened before anything else is touched, so that a taken port or a
 * forbidden address is told at once.
 *
 * @param host serve this host's API
 * @param cluster serve the whole cluster's
 * @param peer serves this host's API to other daemons, null outside a cluster
 */
record Doors(List<Listener> host, List<Listener> cluster, @Nullable Listener peer)
    implements AutoCloseable {
  private static final int PEER_PORT = 2376;

  static Doors open(
      HttpConfig http, EngineConfig engine, ClusterConfig cluster, Readiness readiness) {
    var peer = peerAddress(http, cluster);
    var host =
        http.listen().isEmpty()
            ? List.<ListenAddress>of(
                new ListenAddress.Unix(engine.execRoot().resolve("argosy.sock")))
            : http.listen();
    Stream.concat(host.stream(), http.clusterView().stream())
        .forEach(address -> refuseOpenTcp(address, http.insecureTcp()));
    var opened = new ArrayList<Listener>();
    try {
      for (var address : host) {
        opened.add(Listener.open(address, http.group(), readiness));
      }
      for (var address : http.clusterView()) {
        opened.add(Listener.open(address, http.group(), readiness));
      }
      return new Doors(
          List.copyOf(opened.subList(0, host.size())),
          List.copyOf(opened.subList(host.size(), opened.size())),
          peer == null ? null : Listener.open(peer, http.group(), readiness));
    } catch (RuntimeException e) {
      opened.forEach(Listener::close);
      throw e;
    }
  }

  private static void refuseOpenTcp(ListenAddress address, boolean insecure) {
    if (address instanceof ListenAddress.Tcp tcp && !tcp.loopback() && !insecure) {
      throw new NotStarted(
          "will not listen on %s: whoever reaches that address would be root on this host; use a Unix socket or a loopback address, or accept the risk with --insecure-tcp"
              .formatted(tcp));
    }
  }

  /** The cluster port's own consent covers this one: both give the same power. */
  private static ListenAddress.@Nullable Tcp peerAddress(HttpConfig http, ClusterConfig cluster) {
    if (cluster.listen().isEmpty()) {
      if (!cluster.join().isEmpty()) {
        throw new NotStarted("--join needs --cluster-listen ADDR:PORT, the address others reach");
      }
      return null;
    }
    var text = http.peerListen().isEmpty() ? cluster.listen() : http.peerListen();
    return switch (ListenAddress.parse(text)) {
      case ListenAddress.Tcp(var host, var port) ->
          new ListenAddress.Tcp(host, http.peerListen().isEmpty() ? PEER_PORT : port);
      case ListenAddress.Unix unix ->
          throw new NotStarted("%s can not be reached by other daemons".formatted(unix));
    };
  }

  /** What other nodes are told about the peer listener; null outside a cluster. */
  @Nullable URI peerUri(ClusterConfig cluster) {
    if (peer == null || !(peer.address() instanceof ListenAddress.Tcp(var bound, var port))) {
      return null;
    }
    var advertised = cluster.advertise().replaceAll(":\\d+$", "");
    var host = advertised.isEmpty() ? bound : advertised;
    return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
  }

  /** Where it listens, for the operator. */
  String described() {
    var texts = new ArrayList<String>();
    host.forEach(listener -> texts.add(listener.address().toString()));
    cluster.forEach(listener -> texts.add(listener.address() + " (cluster)"));
    if (peer != null) {
      texts.add(peer.address() + " (peers)");
    }
    return String.join(", ", texts);
  }

  @Override
  public void close() {
    host.forEach(Listener::close);
    cluster.forEach(Listener::close);
    if (peer != null) {
      peer.close();
    }
  }
}
