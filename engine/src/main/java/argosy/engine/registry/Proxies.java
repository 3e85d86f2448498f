package argosy.engine.registry;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * Which proxy stands before which server, by the rules of Go's {@code HTTP_PROXY}, {@code
 * HTTPS_PROXY} and {@code NO_PROXY}, which Docker's users know.
 *
 * @param http the URL of the proxy for plain HTTP, or empty
 * @param https the URL of the proxy for TLS, or empty
 * @param none who is reached without, separated by commas: names with all below them, names that
 *     begin with a dot for only what is below them, addresses, address ranges, each perhaps with a
 *     port, or {@code *}
 */
public record Proxies(String http, String https, String none) {
  public static final Proxies NONE = new Proxies("", "", "");

  public Proxies {
    http = http.strip();
    https = https.strip();
    check(http);
    check(https);
  }

  private static void check(String proxy) {
    if (!proxy.isEmpty()) {
      var uri = address(proxy);
      if (!"http".equals(uri.getScheme()) || uri.getHost() == null) {
        throw new Refused(
            new Failure.Invalid(
                "a registry's proxy is http://HOST:PORT, perhaps with USER:PASSWORD@ before the"
                    + " host, and not "
                    + shown(proxy)));
      }
    }
  }

  /** Without a scheme it is plain HTTP. */
  private static URI address(String proxy) {
    try {
      return URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
    } catch (IllegalArgumentException e) {
      throw new Refused(new Failure.Invalid("this proxy's URL can not be read: " + shown(proxy)));
    }
  }

  /** With its password hidden, as {@code docker info} shows it. */
  public static String shown(String proxy) {
    return proxy.replaceFirst("(^|://)[^/@]*@", "$1xxxxx:xxxxx@");
  }

  /** The proxy for a request, if there is one. */
  Optional<URI> before(URI asked) {
    String proxy = "https".equals(asked.getScheme()) ? https : http;
    return proxy.isEmpty() || isDirect(asked) ? Optional.empty() : Optional.of(address(proxy));
  }

  /** What that proxy wants to see before it works for us. */
  Optional<String> authorization(URI asked) {
    return before(asked)
        .map(URI::getUserInfo)
        .map(user ->
            "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
  }

  private boolean isDirect(URI asked) {
    String host =
        String.valueOf(asked.getHost()).toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
    int port = asked.getPort() > 0 ? asked.getPort() : "https".equals(asked.getScheme()) ? 443 : 80;
    return Registries.isLoopback(host)
        || Arrays.stream(none.split(",", -1))
            .map(each -> each.strip().toLowerCase(Locale.ROOT))
            .filter(each -> !each.isEmpty())
            .anyMatch(each -> matches(each, host, port));
  }

  private static boolean matches(String rule, String host, int port) {
    if (rule.equals("*")) {
      return true;
    }
    if (rule.contains("/")) {
      return AddressRange.parse(rule).filter(range -> range.holds(host)).isPresent();
    }
    int colon = rule.lastIndexOf(':');
    boolean withPort = colon > 0 && rule.indexOf(':') == colon;
    if (withPort && !rule.substring(colon + 1).equals(Integer.toString(port))) {
      return false;
    }
    String name = (withPort ? rule.substring(0, colon) : rule).replaceFirst("^\\*\\.", ".");
    return name.startsWith(".")
        ? host.endsWith(name)
        : host.equals(name) || host.endsWith("." + name);
  }

  @Override
  public String toString() {
    return "Proxies[" + shown(http) + ", " + shown(https) + ", " + none + "]";
  }
}
