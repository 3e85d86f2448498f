package argosy.engine.registry;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** A registry did not answer at all; the message says it as Docker's Go client would. */
public final class Unreachable extends RuntimeException {
  private final String sentence;

  Unreachable(String method, URI uri, IOException why) {
    this("%s \"%s\": %s".formatted(verb(method), uri, reason(uri, why)), why);
  }

  private Unreachable(String sentence, IOException why) {
    super(sentence, why);
    this.sentence = sentence;
  }

  /** What to tell the user. */
  public String sentence() {
    return sentence;
  }

  private static String verb(String method) {
    return method.charAt(0) + method.substring(1).toLowerCase(Locale.ROOT);
  }

  private static String reason(URI uri, IOException why) {
    int port = uri.getPort() > 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
    return switch (why) {
      case ConnectException refused when unresolved(refused) ->
          "dial tcp: lookup " + uri.getHost() + ": no such host";
      case ConnectException _ ->
          "dial tcp " + uri.getHost() + ":" + port + ": connect: connection refused";
      case HttpTimeoutException _ ->
          "net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)";
      case SSLException tls -> "tls: " + tls.getMessage();
      default -> why.getMessage() == null ? "EOF" : why.getMessage();
    };
  }

  private static boolean unresolved(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }
}
