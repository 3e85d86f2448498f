package argosy.engine.registry;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** A registry did not answer at all; the message says it as Docker's Go client would. */
public final class Unreachable extends RuntimeException {
  private final String sentence;
  private final boolean passing;

  Unreachable(String method, URI uri, IOException why) {
    this("%s \"%s\": %s".formatted(verb(method), uri, reason(uri, why)), why);
  }

  private Unreachable(String sentence, IOException why) {
    super(sentence, why);
    this.sentence = sentence;
    this.passing =
        !(why instanceof ConnectException
            || why instanceof HttpTimeoutException
            || why instanceof SSLException
            || why instanceof ProtocolException);
  }

  /** Whether a connection broke that was there: another may not. */
  boolean isPassing() {
    return passing;
  }

  /** What to tell the user. */
  public String sentence() {
    return sentence;
  }

  static String verb(String method) {
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
      case SSLException tls -> tls(uri, String.valueOf(tls.getMessage()));
      default -> why.getMessage() == null ? "EOF" : why.getMessage();
    };
  }

  /** What Go says of the same mishaps; users search for it. */
  private static String tls(URI uri, String message) {
    String failed = "tls: failed to verify certificate: x509: ";
    if (message.contains("unable to find valid certification path")
        || message.contains("PKIX path building failed")) {
      return failed + "certificate signed by unknown authority";
    }
    if (message.contains("CertificateExpired") || message.contains("NotAfter")) {
      return failed + "certificate has expired or is not yet valid";
    }
    if (message.contains("subject alternative") || message.contains("No name matching")) {
      return failed + "certificate is not valid for " + uri.getHost() + ": " + message;
    }
    return message.contains("nrecognized SSL message")
        ? "http: server gave HTTP response to HTTPS client"
        : "tls: " + message;
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
