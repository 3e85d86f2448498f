package argosy.engine.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registries there are: which one a name means, whether it speaks TLS, and which mirrors stand
 * before it. Every call blocks.
 */
public final class Registries {
  private static final Logger LOG = LoggerFactory.getLogger(Registries.class);
  private static final String HUB = "docker.io";
  private static final String PULL = "pull";
  private static final String PUSH = "pull,push";
  private static final String HUB_HOST = "registry-1.docker.io";

  private static final Duration HANDSHAKE = Duration.ofSeconds(5);

  private final Transport transport = new Transport();
  private final Duration handshake;
  private final Set<String> insecure;
  private final List<String> mirrors;
  private final Map<String, Endpoint> plain = new ConcurrentHashMap<>();

  /**
   * Who may be spoken to how.
   *
   * @param insecure {@code HOST:PORT}s whose certificate is not checked and that may speak plain
   *     HTTP; loopback addresses always may
   * @param mirrors URLs tried before Docker's own registry
   */
  public Registries(List<String> insecure, List<String> mirrors) {
    this(insecure, mirrors, HANDSHAKE);
  }

  /**
   * {@code handshake}: how long an insecure registry may take to answer in TLS before it is taken
   * for one that speaks plain HTTP; a server may wait in silence for the rest of what it takes for
   * a request line.
   */
  Registries(List<String> insecure, List<String> mirrors, Duration handshake) {
    this.handshake = handshake;
    this.insecure = Set.copyOf(insecure);
    this.mirrors = List.copyOf(mirrors);
  }

  /** A way to a repository: its mirrors first, itself last. */
  public List<Source> sources(String domain, String path, Credentials credentials) {
    var sources = new ArrayList<Source>();
    if (domain.equals(HUB)) {
      for (String mirror : mirrors) {
        var uri = URI.create(mirror);
        var endpoint = new Endpoint(uri, !isInsecure(uri.getAuthority()));
        sources.add(() -> {
          ping(endpoint);
          return new Repository(session(endpoint, path, Credentials.NONE, PULL));
        });
      }
    }
    sources.add(() -> new Repository(session(endpoint(domain), path, credentials, PULL)));
    return List.copyOf(sources);
  }

  /**
   * Where images are pushed to: never a mirror. Asks whether anybody is there.
   *
   * @throws Unreachable when nobody answers
   */
  public Destination destination(String domain, String path, Credentials credentials) {
    return new Destination(session(endpoint(domain), path, credentials, PUSH));
  }

  private Session session(Endpoint endpoint, String path, Credentials credentials, String actions) {
    return new Session(transport, endpoint, path, credentials, actions);
  }

  /** Somewhere to pull from; opening it asks whether anybody is there. */
  @FunctionalInterface
  public interface Source {
    /** Opens it, or throws {@link Unreachable} or {@link Refusal}. */
    Repository open();
  }

  /** Whom a domain means, asked whether anybody is there. */
  private Endpoint endpoint(String domain) {
    String host = domain.equals(HUB) ? HUB_HOST : domain;
    if (!isInsecure(host)) {
      var endpoint = new Endpoint(URI.create("https://" + host), true);
      ping(endpoint);
      return endpoint;
    }
    var known = plain.get(host);
    if (known != null) {
      return known;
    }
    var found = probe(host);
    plain.put(host, found);
    return found;
  }

  /** TLS first, whatever its certificate, then plain HTTP; what HTTP says counts. */
  private Endpoint probe(String host) {
    var tls = new Endpoint(URI.create("https://" + host), false);
    try {
      close(transport.ping(tls.resolve(""), handshake));
      return tls;
    } catch (Unreachable e) {
      LOG.debug("{} does not speak TLS: {}", host, e.getMessage());
      var http = new Endpoint(URI.create("http://" + host), false);
      ping(http);
      return http;
    }
  }

  /** Any answer is a registry; what it wants to know is asked later. */
  private void ping(Endpoint endpoint) {
    close(transport.get(endpoint.resolve(""), endpoint.verified(), Map.of()));
  }

  private static void close(HttpResponse<InputStream> answer) {
    try {
      answer.body().close();
    } catch (IOException e) {
      LOG.debug("the answer to a ping broke off: {}", e.getMessage());
    }
  }

  /** Whether an authority may be spoken to without verified TLS. */
  boolean isInsecure(String authority) {
    String host = host(authority);
    return insecure.contains(authority)
        || insecure.contains(host)
        || host.equals("localhost")
        || host.equals("::1")
        || host.matches("127(?:\\.[0-9]{1,3}){3}");
  }

  private static String host(String authority) {
    if (authority.startsWith("[")) {
      return authority.substring(1, Math.max(1, authority.indexOf(']')));
    }
    int colon = authority.lastIndexOf(':');
    return colon < 0 ? authority : authority.substring(0, colon);
  }
}
