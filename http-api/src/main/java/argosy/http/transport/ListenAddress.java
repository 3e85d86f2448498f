package argosy.http.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;

/** Where a daemon listens or is found, in the words of {@code -H}. */
public sealed interface ListenAddress {
  /** {@code unix:///run/argosy/argosy.sock}. */
  record Unix(Path path) implements ListenAddress {
    @Override
    public String toString() {
      return "unix://" + path;
    }
  }

  /**
   * {@code tcp://127.0.0.1:2375}.
   *
   * @param host as written, brackets of an IPv6 address removed; "" means every address
   * @param port 0 to let the kernel choose
   */
  record Tcp(String host, int port) implements ListenAddress {
    /** Resolves the name; an unknown one stays unresolved and is refused when it is used. */
    public InetSocketAddress socket() {
      return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
    }

    /** Whether only this host can connect. */
    public boolean loopback() {
      InetAddress address = socket().getAddress();
      return address != null && address.isLoopbackAddress();
    }

    @Override
    public String toString() {
      return "tcp://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /**
   * Reads {@code unix:///PATH}, {@code tcp://ADDR:PORT} or a bare {@code ADDR:PORT}.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  static ListenAddress parse(String text) {
    if (text.startsWith("unix://")) {
      return unix(text, text.substring("unix://".length()));
    }
    if (text.contains("://") && !text.startsWith("tcp://")) {
      throw new IllegalArgumentException(
          "can not listen on %s: only unix:///PATH and tcp://ADDR:PORT are understood"
              .formatted(text));
    }
    return tcp(text, text.startsWith("tcp://") ? text : "tcp://" + text);
  }

  private static ListenAddress unix(String text, String path) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException(
          "can not listen on %s: the path must be absolute, as in unix:///run/argosy/argosy.sock"
              .formatted(text));
    }
    if (path.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > 107) {
      throw new IllegalArgumentException(
          "can not listen on %s: the path is longer than the 107 bytes that a socket may have"
              .formatted(text));
    }
    return new Unix(Path.of(path));
  }

  private static ListenAddress tcp(String text, String url) {
    try {
      var rest = url.substring("tcp://".length());
      var uri = URI.create(rest.startsWith(":") ? "tcp://0.0.0.0" + rest : url);
      if (uri.getHost() != null && uri.getPort() >= 0 && uri.getPort() <= 65535) {
        var host = uri.getHost().replaceAll("[\\[\\]]", "");
        return new Tcp(rest.startsWith(":") ? "" : host, uri.getPort());
      }
    } catch (IllegalArgumentException _) {
      // said below
    }
    throw new IllegalArgumentException(
        "can not listen on %s: it must look like tcp://127.0.0.1:2375".formatted(text));
  }
}
