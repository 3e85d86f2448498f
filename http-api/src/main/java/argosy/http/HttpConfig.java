package argosy.http;

import argosy.http.transport.ListenAddress;
import com.typesafe.config.Config;
import java.time.Duration;
import java.util.List;

/**
 * What the HTTP API is told at start; every key stands with its sentence in {@code reference.conf}.
 *
 * @param group who may use the Unix sockets besides root, "" to choose
 * @param insecureTcp the operator allows plain TCP beyond loopback
 * @param peerListen {@code ADDR:PORT} for other daemons, "" to choose
 */
public record HttpConfig(
    List<ListenAddress> listen,
    List<ListenAddress> clusterView,
    String group,
    boolean insecureTcp,
    int maxConnections,
    Duration stopGrace,
    String peerListen,
    Duration peerConnectTimeout,
    String pidfile) {
  public HttpConfig {
    listen = List.copyOf(listen);
    clusterView = List.copyOf(clusterView);
    if (maxConnections < 1) {
      throw new IllegalArgumentException("argosy.http.max-connections must be at least 1");
    }
    if (stopGrace.isNegative()) {
      throw new IllegalArgumentException("argosy.http.stop-grace must not be negative");
    }
  }

  /**
   * Reads {@code argosy.http} of a resolved configuration.
   *
   * @throws IllegalArgumentException with a sentence for the operator
   */
  public static HttpConfig from(Config config) {
    var http = config.getConfig("argosy.http");
    return new HttpConfig(
        addresses(http.getStringList("listen")),
        addresses(http.getStringList("cluster-view")),
        http.getString("group"),
        http.getBoolean("insecure-tcp"),
        http.getInt("max-connections"),
        http.getDuration("stop-grace"),
        http.getString("peer-listen"),
        http.getDuration("peer-connect-timeout"),
        http.getString("pidfile"));
  }

  private static List<ListenAddress> addresses(List<String> texts) {
    return texts.stream().map(ListenAddress::parse).toList();
  }
}
