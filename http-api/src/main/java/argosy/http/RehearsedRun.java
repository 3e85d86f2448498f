package argosy.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * What a user does most, rehearsed: a container is created, attached to, started, waited for,
 * looked at and removed. Its image is a few links, and its programs are this host's own /usr. Where
 * the host can not run it, that is rehearsed.
 */
record RehearsedRun(Path socket) {
  private static final String IMAGE = "rehearsal:latest";
  private static final Pattern ID = Pattern.compile("\"Id\":\"([0-9a-f]+)\"");
  private static final String JSON = "Content-Type: application/json\r\n";
  private static final String UPGRADE = "Connection: Upgrade\r\nUpgrade: tcp\r\n";

  /** An image that holds no programs. */
  void bring() throws IOException {
    ask("POST", "/images/create?fromSrc=-&repo=rehearsal&tag=latest", "", links());
    ask("GET", "/images/" + IMAGE + "/json", "", new byte[0]);
  }

  private static byte[] links() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(bytes)) {
      for (String name : new String[] {"bin", "sbin", "lib", "lib64"}) {
        var link = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        link.setLinkName("usr/" + name);
        tar.putArchiveEntry(link);
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  void once(String runtime) throws IOException {
    String id = created("true", "\"Runtime\":\"" + runtime + "\",\"AutoRemove\":true");
    try (var attached = channel();
        var waited = channel()) {
      say(attached, "POST", "/containers/" + id + "/attach?stream=1&stdout=1", UPGRADE, "");
      say(waited, "POST", "/containers/" + id + "/wait?condition=removed", "", "");
      ask("POST", "/containers/" + id + "/start", "", new byte[0]);
      untilEnd(attached);
    }
  }

  void atLeisure() throws IOException {
    String id = created("sleep 60", "\"PortBindings\":{\"1/tcp\":[{\"HostPort\":\"\"}]}");
    String path = "/containers/" + id;
    ask("POST", path + "/start", "", new byte[0]);
    ask("GET", path + "/json", "", new byte[0]);
    ask("GET", path + "/top", "", new byte[0]);
    ask("GET", path + "/stats?stream=0&one-shot=1", "", new byte[0]);
    ask("GET", "/containers/json", "", new byte[0]);
    exec(path);
    ask("POST", path + "/stop?t=0", "", new byte[0]);
    ask("GET", path + "/logs?stdout=1&stderr=1", "", new byte[0]);
    ask("GET", "/events?since=0&until=1", "", new byte[0]);
    ask("DELETE", path, "", new byte[0]);
  }

  private void exec(String path) throws IOException {
    String made =
        ask("POST", path + "/exec", JSON, text("{\"AttachStdout\":true,\"Cmd\":[\"true\"]}"));
    var id = ID.matcher(made);
    if (id.find()) {
      ask("POST", "/exec/" + id.group(1) + "/start", JSON + UPGRADE, text("{}"));
      ask("GET", "/exec/" + id.group(1) + "/json", "", new byte[0]);
    }
  }

  private String created(String command, String more) throws IOException {
    String body =
        "{\"Image\":\"%s\",\"Cmd\":[\"/bin/%s\"],\"HostConfig\":{\"Binds\":[\"/usr:/usr:ro\"],%s}}"
            .formatted(IMAGE, command.replace(" ", "\",\""), more);
    var id = ID.matcher(ask("POST", "/containers/create", JSON, text(body)));
    return id.find() ? id.group(1) : "none";
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private SocketChannel channel() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(socket));
  }

  /** One request on a connection of its own; the answer, head and all. */
  String ask(String method, String path, String headers, byte[] body) throws IOException {
    try (var channel = channel()) {
      String more = headers.contains("Upgrade") ? headers : headers + "Connection: close\r\n";
      say(channel, method, path, more, new String(body, StandardCharsets.ISO_8859_1));
      return untilEnd(channel);
    }
  }

  private static void say(
      SocketChannel channel, String method, String path, String headers, String body)
      throws IOException {
    String head =
        "%s /v1.41%s HTTP/1.1\r\nHost:\r\n%sContent-Length: %d\r\n\r\n"
            .formatted(method, path, headers, body.length());
    var bytes = ByteBuffer.wrap((head + body).getBytes(StandardCharsets.ISO_8859_1));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static String untilEnd(SocketChannel channel) throws IOException {
    var all = new ByteArrayOutputStream();
    var buffer = ByteBuffer.allocate(64 * 1024);
    while (channel.read(buffer.clear()) >= 0) {
      all.write(buffer.array(), 0, buffer.position());
    }
    return all.toString(StandardCharsets.UTF_8);
  }
}
