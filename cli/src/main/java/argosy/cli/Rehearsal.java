package argosy.cli;

import argosy.cli.command.Console;
import argosy.cli.command.Terminal;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the everyday commands against a daemon that is only played, so that the JVM's cache knows
 * their classes. Rare commands stay out: what is in the cache is loaded at every start.
 */
final class Rehearsal {
  private static final String LIST =
      """
      [{"Id":"0123456789abcdef","Names":["/web"],"Image":"busybox","Command":"sh","Created":1,
      "State":"running","Status":"Up","Labels":{"a":"b"},"SizeRw":1.5,
      "Ports":[{"IP":"0.0.0.0","PrivatePort":80,"PublicPort":80,"Type":"tcp"}]}]
      """;
  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("ps", "-a"),
          List.of("run", "--rm", "busybox", "true"),
          List.of("run", "-d", "-p", "80:80", "-e", "A=B", "--name", "web", "busybox"),
          List.of("exec", "-i", "web", "true"),
          List.of("logs", "web"),
          List.of("stop", "web"),
          List.of("rm", "-f", "nope"));

  private Rehearsal() {}

  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("argosy");
    Path socket = folder.resolve("sock");
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      Thread.ofPlatform().daemon().start(() -> serve(server));
      Map<String, String> environment = new HashMap<>(System.getenv());
      environment.put("ARGOSY_HOST", "unix://" + socket);
      var out = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
      Terminal terminal = Console.system().terminal();
      var console = new Console(InputStream.nullInputStream(), out, out, terminal);
      COMMANDS.forEach(command -> new Argosy(console, environment).run(command));
    } finally {
      Files.deleteIfExists(socket);
      Files.delete(folder);
    }
  }

  private static void serve(ServerSocketChannel server) {
    try {
      while (true) {
        try (SocketChannel client = server.accept();
            Closeable _ = client::shutdownOutput) {
          ByteBuffer request = ByteBuffer.allocate(16 * 1024);
          client.read(request);
          String head = new String(request.array(), 0, request.position(), StandardCharsets.UTF_8);
          client.write(ByteBuffer.wrap(answer(head).getBytes(StandardCharsets.UTF_8)));
        }
      }
    } catch (java.nio.channels.ClosedChannelException theRehearsalIsOver) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String answer(String request) {
    String target = request.substring(request.indexOf(' ') + 1);
    String path = target.substring(0, target.indexOf(' '));
    String frame = "\1\0\0\0\0\0\0\2a\n";
    if (path.contains("/attach") || (path.startsWith("/exec/") && path.endsWith("/start"))) {
      return "HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n" + frame;
    }
    if (path.contains("/logs")) {
      return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n" + frame + "\r\n0\r\n\r\n";
    }
    if (path.startsWith("/containers/nope")) {
      return plain("404 Not Found", "{\"message\":\"No such container: nope\"}");
    }
    if (path.endsWith("/start") || path.contains("/stop")) {
      return "HTTP/1.1 204 No Content\r\n\r\n";
    }
    String object = "{\"Id\":\"0123456789abcdef\",\"StatusCode\":0,\"ExitCode\":0,\"Warnings\":[]}";
    return plain("200 OK", path.startsWith("/containers/json") ? LIST : object);
  }

  private static String plain(String status, String body) {
    return "HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }
}
