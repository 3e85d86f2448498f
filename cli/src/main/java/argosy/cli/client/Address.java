package argosy.cli.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * Where a daemon listens, and the base path its view of the world stands under: none for the host,
 * {@code /node/NAME} for one node, {@code /cluster} for all of them.
 */
public sealed interface Address {
  /** The path before every request's own, "" or starting with a slash. */
  String base();

  /** The same place with a longer base. */
  Address under(String view);

  /** A channel to whoever listens there. */
  SocketChannel connect() throws IOException;

  /** A socket in the file system. */
  record Unix(Path socket, String base) implements Address {
    @Override
    public Address under(String view) {
      return new Unix(socket, base + view);
    }

    @Override
    public SocketChannel connect() throws IOException {
      return SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }

    @Override
    public String toString() {
      return "unix://" + socket + base;
    }
  }

  /** A TCP port, without TLS. */
  record Tcp(String host, int port, String base) implements Address {
    private static final int CONNECT_MILLIS = 10_000;

    @Override
    public Address under(String view) {
      return new Tcp(host, port, base + view);
    }

    @Override
    public SocketChannel connect() throws IOException {
      SocketChannel channel = SocketChannel.open();
      try {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        channel.socket().connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
        return channel;
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    }

    @Override
    public String toString() {
      return "tcp://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + base;
    }
  }

  /**
   * Reads {@code unix:///PATH} or {@code tcp://HOST[:PORT][/BASE]}; 2375 is the port nobody named.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  static Address parse(String url) {
    if (url.startsWith("unix://") && url.length() > "unix://".length()) {
      return new Unix(Path.of(url.substring("unix://".length())), "");
    }
    if (url.startsWith("tcp://")) {
      return tcp(url, url.substring("tcp://".length()));
    }
    if (url.startsWith("http://")) {
      return tcp(url, url.substring("http://".length()));
    }
    throw invalid(url);
  }

  private static Address tcp(String url, String rest) {
    int slash = rest.indexOf('/');
    String authority = slash < 0 ? rest : rest.substring(0, slash);
    String base = slash < 0 ? "" : rest.substring(slash);
    while (base.endsWith("/")) {
      base = base.substring(0, base.length() - 1);
    }
    int colon = authority.lastIndexOf(':');
    boolean named = colon > authority.lastIndexOf(']');
    String host = named ? authority.substring(0, colon) : authority;
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    int port = named ? port(url, authority.substring(colon + 1)) : 2375;
    return new Tcp(host.isEmpty() ? "127.0.0.1" : host, port, base);
  }

  private static int port(String url, String digits) {
    try {
      int port = Integer.parseInt(digits);
      if (port > 0 && port < 65536) {
        return port;
      }
    } catch (NumberFormatException notANumber) {
      throw (IllegalArgumentException) invalid(url).initCause(notANumber);
    }
    throw invalid(url);
  }

  private static IllegalArgumentException invalid(String url) {
    return new IllegalArgumentException(
        "invalid host \"" + url + "\": unix:///PATH and tcp://HOST:PORT[/BASE] are understood");
  }
}
