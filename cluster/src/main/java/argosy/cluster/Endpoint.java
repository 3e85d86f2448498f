package argosy.cluster;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;

/** {@code HOST:PORT} of a cluster port; an IPv6 host stands in brackets. */
record Endpoint(String host, int port) {
  static final String SYSTEM = "argosy-cluster";
  private static final String SCHEME = "pekko://" + SYSTEM + "@";

  /** Reads one; {@code what} names it in the sentence of a refusal. */
  static Endpoint parse(String text, String what) {
    int colon = text.lastIndexOf(':');
    try {
      if (colon > 0) {
        int port = Integer.parseInt(text.substring(colon + 1));
        if (port >= 0 && port <= 65535) {
          return new Endpoint(text.substring(0, colon), port);
        }
      }
    } catch (NumberFormatException e) {
      throw refused(text, what, e);
    }
    throw refused(text, what, null);
  }

  private static Refused refused(
      String text, String what, @org.jspecify.annotations.Nullable Exception cause) {
    var failure = new Failure.Invalid("%s \"%s\" is not ADDR:PORT".formatted(what, text));
    return cause == null ? new Refused(failure) : new Refused(failure, cause);
  }

  /** As a socket takes it. */
  String bare() {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  boolean wildcard() {
    return bare().equals("0.0.0.0") || bare().equals("::");
  }

  /** The actor system there. */
  String system() {
    return SCHEME + host + ":" + port;
  }

  /** The part of an actor system's address that users know. */
  static String of(String system) {
    return system.startsWith(SCHEME) ? system.substring(SCHEME.length()) : system;
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
