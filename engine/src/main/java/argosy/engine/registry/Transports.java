package argosy.engine.registry;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP clients there are: one for each way of trusting, made by the first request that needs
 * it, as reading the host's certificates takes a tenth of a second.
 */
final class Transports {
  private static final Logger LOG = LoggerFactory.getLogger(Transports.class);
  private static final Duration CONNECT = Duration.ofSeconds(15);

  static {
    // else the JDK sends no user and password to a proxy that TLS goes through
    System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
  }

  private final List<Path> directories;
  private final Proxies proxies;
  private final Backoff backoff;
  private final Map<Trust, HttpClient> clients = new ConcurrentHashMap<>();

  private record Trust(Certificates certificates, boolean verified) {}

  Transports(List<Path> directories, Proxies proxies, Backoff backoff) {
    this.directories = directories;
    this.proxies = proxies;
    this.backoff = backoff;
  }

  /**
   * The way to a registry, and to whatever token servers and stores it names. Certificates that
   * were put down or taken away since the last time count.
   */
  Transport to(Endpoint endpoint) {
    var trust =
        new Trust(
            Certificates.of(directories, endpoint.base().getAuthority()), endpoint.verified());
    return new Transport(
        clients.computeIfAbsent(trust, this::client), endpoint.verified(), proxies, backoff);
  }

  private HttpClient client(Trust trust) {
    var builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .proxy(new Chosen(proxies))
            .followRedirects(HttpClient.Redirect.NEVER);
    var context = trust.certificates().context(trust.verified());
    return context == null ? builder.build() : builder.sslContext(context).build();
  }

  /** Chooses among these proxies. */
  static ProxySelector selector(Proxies proxies) {
    return new Chosen(proxies);
  }

  private static final class Chosen extends ProxySelector {
    private final Proxies proxies;

    Chosen(Proxies proxies) {
      this.proxies = proxies;
    }

    @Override
    public List<Proxy> select(URI asked) {
      return List.of(proxies.before(asked).map(Chosen::proxy).orElse(Proxy.NO_PROXY));
    }

    private static Proxy proxy(URI uri) {
      int port = uri.getPort() > 0 ? uri.getPort() : 80;
      return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(uri.getHost(), port));
    }

    @Override
    public void connectFailed(URI asked, SocketAddress address, IOException why) {
      LOG.info("the proxy {} does not answer for {}: {}", address, asked, why.getMessage());
    }
  }
}
