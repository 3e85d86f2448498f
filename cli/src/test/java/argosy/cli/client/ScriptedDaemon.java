package argosy.cli.client;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A daemon that answers as a test tells it, on a Unix socket or on TCP. */
public final class ScriptedDaemon implements Closeable {
  /** What to do with one request; the connection is closed afterwards. */
  @FunctionalInterface
  public interface Script {
    void play(Exchange exchange) throws IOException;
  }

  private final ServerSocketChannel server;
  private final Path folder;
  private final Script script;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private ScriptedDaemon(ServerSocketChannel server, Path folder, Script script) {
    this.server = server;
    this.folder = folder;
    this.script = script;
    Thread.ofVirtual().start(this::serve);
  }

  public static ScriptedDaemon onUnix(Script script) throws IOException {
    Path folder = Files.createTempDirectory("scripted");
    var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(folder.resolve("sock")));
    return new ScriptedDaemon(server, folder, script);
  }

  public static ScriptedDaemon onTcp(Script script) throws IOException {
    Path folder = Files.createTempDirectory("scripted");
    var server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return new ScriptedDaemon(server, folder, script);
  }

  public String url() throws IOException {
    return server.getLocalAddress() instanceof InetSocketAddress tcp
        ? "tcp://127.0.0.1:" + tcp.getPort()
        : "unix://" + folder.resolve("sock");
  }

  /** Method and target of each request so far, and its body behind a blank when it has one. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  private void serve() {
    try {
      while (true) {
        SocketChannel client = server.accept();
        Thread.ofVirtual().start(() -> answer(client));
      }
    } catch (IOException closed) {
      return;
    }
  }

  private void answer(SocketChannel client) {
    try (client) {
      Exchange exchange = Exchange.read(client);
      String body = exchange.body();
      requests.add(exchange.line() + (body.isEmpty() ? "" : " " + body));
      script.play(exchange);
    } catch (IOException theClientLeft) {
      return;
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(folder.resolve("sock"));
    Files.delete(folder);
  }

  /** One request and the connection it came on. */
  public record Exchange(String line, String head, String body, SocketChannel client) {
    static Exchange read(SocketChannel client) throws IOException {
      String head = until(client, "\r\n\r\n");
      String line = head.substring(0, head.indexOf(" HTTP/1.1"));
      if (head.contains("Transfer-Encoding: chunked")) {
        return new Exchange(line, head, chunks(client), client);
      }
      int length = 0;
      for (String header : head.split("\r\n")) {
        if (header.startsWith("Content-Length: ")) {
          length = Integer.parseInt(header.substring("Content-Length: ".length()));
        }
      }
      return new Exchange(line, head, bytes(client, length), client);
    }

    private static String bytes(SocketChannel client, int length) throws IOException {
      ByteBuffer body = ByteBuffer.allocate(length);
      while (body.hasRemaining() && client.read(body) >= 0) {}
      return new String(body.array(), StandardCharsets.UTF_8);
    }

    private static String chunks(SocketChannel client) throws IOException {
      var body = new StringBuilder();
      while (true) {
        int length = Integer.parseInt(until(client, "\r\n").strip(), 16);
        body.append(bytes(client, length));
        until(client, "\r\n");
        if (length == 0) {
          return body.toString();
        }
      }
    }

    private static String until(SocketChannel client, String end) throws IOException {
      var text = new StringBuilder();
      ByteBuffer one = ByteBuffer.allocate(1);
      while (text.indexOf(end) < 0) {
        if (client.read(one.clear()) < 0) {
          throw new IOException("the client left in the middle of its request");
        }
        text.append((char) one.get(0));
      }
      return text.toString();
    }

    public void send(String bytes) throws IOException {
      send(bytes.getBytes(StandardCharsets.UTF_8));
    }

    public void send(byte[] bytes) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        client.write(buffer);
      }
    }

    /** A whole answer with a JSON body. */
    public void answer(int status, String json) throws IOException {
      int length = json.getBytes(StandardCharsets.UTF_8).length;
      send("HTTP/1.1 " + status + " X\r\nContent-Length: " + length + "\r\n\r\n" + json);
    }

    /** What comes until the client's half-close. */
    public String rest() throws IOException {
      var bytes = new java.io.ByteArrayOutputStream();
      ByteBuffer some = ByteBuffer.allocate(1024);
      while (client.read(some.clear()) >= 0) {
        bytes.write(some.array(), 0, some.position());
      }
      return bytes.toString(StandardCharsets.UTF_8);
    }

    /** A frame of a container's output; stream 1 is stdout, 2 stderr. */
    public static byte[] frame(int stream, String text) {
      byte[] payload = text.getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.allocate(8 + payload.length)
          .put((byte) stream)
          .putInt(4, payload.length)
          .position(8)
          .put(payload)
          .array();
    }
  }
}
