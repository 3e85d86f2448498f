package argosy.engine.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  /** Of what is small; layers are tried as often as the operator says. */
  private static final Backoff PATIENCE =
      new Backoff(3, Duration.ofSeconds(1), Duration.ofSeconds(30));

  private final RegistrySettings settings;
  private final Duration handshake;
  private final Transports transports;
  private final Map<String, Endpoint> plain = new ConcurrentHashMap<>();

  public Registries(RegistrySettings settings) {
    this(settings, HANDSHAKE, PATIENCE);
  }

  /**
   * For tests.
   *
   * @param handshake how long an insecure registry may take to answer in TLS before it is taken for
   *     one that speaks plain HTTP; a server may wait in silence for the rest of what it takes for
   *     a request line
   * @param patience how long is waited between attempts
   */
  public Registries(RegistrySettings settings, Duration handshake, Duration patience) {
    this(settings, handshake, new Backoff(3, patience, patience.multipliedBy(30)));
  }

  private Registries(RegistrySettings settings, Duration handshake, Backoff backoff) {
    this.settings = settings;
    this.handshake = handshake;
    this.transports = new Transports(settings.certificates(), settings.proxies(), backoff);
  }

  /** What the operator said. */
  public RegistrySettings settings() {
    return settings;
  }

  /** A file on a web server that is no registry. */
  public WebFile file(URI uri) {
    return WebFile.get(uri, settings.proxies());
  }

  /** A way to a repository: its mirrors first, itself last. */
  public List<Source> sources(String domain, String path, Credentials credentials) {
    var sources = new ArrayList<Source>();
    if (domain.equals(HUB)) {
      for (String mirror : settings.mirrors()) {
        var uri = URI.create(mirror);
        var endpoint = new Endpoint(uri, !isInsecure(uri.getAuthority()));
        sources.add(() -> {
          ping(endpoint);
          return repository(endpoint, path, Credentials.NONE);
        });
      }
    }
    sources.add(() -> repository(endpoint(domain), path, credentials));
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

  private Repository repository(Endpoint endpoint, String path, Credentials credentials) {
    return new Repository(session(endpoint, path, credentials, PULL), settings.attempts());
  }

  private Session session(Endpoint endpoint, String path, Credentials credentials, String actions) {
    return new Session(transports.to(endpoint), endpoint, path, credentials, actions);
  }

  /** Somewhere to pull from; opening it asks whether anybody is there. */
  @FunctionalInterface
  public interface Source {
    /** Opens it, or throws {@link Unreachable} or {@link Refusal}. */
    Repository open();
  }

  /**
   * Tries credentials on a registry ({@code docker login}).
   *
   * @param address as the user wrote it: a host, a URL, or nothing for Docker's own registry
   * @return a token that stands for the password from now on, or empty
   * @throws Refusal when they are no good
   * @throws Unreachable when nobody answers
   */
  public String login(String address, Credentials credentials) {
    String host = address.replaceFirst("^https?://", "").replaceFirst("/.*", "");
    boolean hub = host.isEmpty() || host.equals("index.docker.io") || host.equals(HUB_HOST);
    return new Login(endpoint(hub ? HUB : host), transports).with(credentials);
  }

  /**
   * Asks the index of images: Docker's, or that of the registry a term begins with.
   *
   * @param limit how many at most
   * @throws Refusal when it says no
   * @throws Unreachable when nobody answers
   */
  public List<SearchHit> search(String term, int limit, Credentials credentials) {
    int slash = term.indexOf('/');
    String first = slash < 0 ? "" : term.substring(0, slash);
    boolean named = first.contains(".") || first.contains(":") || first.equals("localhost");
    boolean hub = !named || first.equals(HUB) || first.equals("index.docker.io");
    var index = hub ? new Endpoint(URI.create("https://index.docker.io"), true) : endpoint(first);
    return new Index(index, transports.to(index))
        .search(named ? term.substring(slash + 1) : term, limit, credentials);
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
      close(transports.to(tls).ping(tls.resolve(""), handshake));
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
    var transport = transports.to(endpoint);
    close(transport.backoff().repeat(() -> transport.get(endpoint.resolve(""), Map.of())));
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
    return settings.insecure().contains(authority)
        || settings.insecure().contains(host)
        || settings.insecure().stream()
            .filter(each -> each.contains("/"))
            .flatMap(each -> AddressRange.parse(each).stream())
            .anyMatch(range -> range.holds(host))
        || isLoopback(host);
  }

  static boolean isLoopback(String host) {
    return host.equals("localhost")
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
