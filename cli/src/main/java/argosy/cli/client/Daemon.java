package argosy.cli.client;

import argosy.cli.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A daemon that speaks the Docker Engine API, in one of its views. Every request has a connection
 * of its own: a command makes few, and none of them then waits for another's stream.
 *
 * <p>Requests carry no API version: the daemon then answers in its newest shape.
 */
public final class Daemon {
  private static final byte[] NOTHING = {};
  private final Address address;
  private final Consumer<String> warnings;

  /**
   * Connects to nobody yet.
   *
   * @param warnings told of what a daemon says beside an answer, such as nodes that kept silent
   */
  public Daemon(Address address, Consumer<String> warnings) {
    this.address = address;
    this.warnings = warnings;
  }

  public Address address() {
    return address;
  }

  /**
   * @throws Refusal when the status is 400 or more
   * @throws Unreachable when nobody answers
   */
  public Answer get(Target target) throws IOException {
    return ask("GET", target, NOTHING, "");
  }

  /** As {@link #get}. */
  public Answer post(Target target) throws IOException {
    return ask("POST", target, NOTHING, "");
  }

  /** As {@link #get}, with a body. */
  public Answer post(Target target, Json body) throws IOException {
    return ask("POST", target, bytes(body), "");
  }

  /** Writes a body whose length nobody knows before. */
  @FunctionalInterface
  public interface Sending {
    void to(OutputStream out) throws IOException;
  }

  /** As {@link #get}, with a body that is sent while it is made. */
  public Answer post(Target target, String contentType, Sending body) throws IOException {
    Connection connection = Connection.open(address);
    try {
      String head =
          "POST %s%s HTTP/1.1\r\nHost: argosy\r\nUser-Agent: argosy\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n"
              .formatted(address.base(), target.text(), contentType);
      connection.write(head.getBytes(StandardCharsets.UTF_8));
      var chunks = new Chunks(connection);
      body.to(chunks);
      chunks.close();
      return new Answer(accepted(connection), connection);
    } catch (IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** As {@link #get}. */
  public Answer delete(Target target) throws IOException {
    return ask("DELETE", target, NOTHING, "");
  }

  /** As {@link #get}, with a header of one's own; "" leaves it out. */
  public Answer post(Target target, String header, String value) throws IOException {
    return ask("POST", target, NOTHING, value.isEmpty() ? "" : header + ": " + value + "\r\n");
  }

  /** Only the head of an answer; it has no body. */
  public Answer head(Target target) throws IOException {
    return ask("HEAD", target, NOTHING, "");
  }

  /**
   * Sends a stream to its end. A daemon that refuses early is heard, though not all was sent.
   *
   * @throws Refusal when the status is 400 or more
   */
  public Answer send(String method, Target target, String type, InputStream body)
      throws IOException {
    Connection connection = Connection.open(address);
    try {
      String headers = "Content-Type: " + type + "\r\nTransfer-Encoding: chunked\r\n";
      connection.write(request(method, target, null, headers));
      try {
        chunks(connection, body);
      } catch (IOException unsent) {
        return refused(connection, unsent);
      }
      return new Answer(accepted(connection), connection);
    } catch (IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static void chunks(Connection connection, InputStream body) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
      if (read > 0) {
        connection.write((Integer.toHexString(read) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        connection.write(java.util.Arrays.copyOf(buffer, read));
        connection.write("\r\n".getBytes(StandardCharsets.US_ASCII));
      }
    }
    connection.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  private static Answer refused(Connection connection, IOException unsent) throws IOException {
    try {
      return new Answer(accepted(connection), connection);
    } catch (Refusal refusal) {
      throw refusal;
    } catch (IOException silent) {
      throw unsent;
    }
  }

  /** Posts a request whose answer turns the connection into a raw line. */
  public Line hijack(Target target, Json body) throws IOException {
    Connection connection = Connection.open(address);
    try {
      byte[] content = body.present() ? bytes(body) : NOTHING;
      String upgrade = "Connection: Upgrade\r\nUpgrade: tcp\r\n";
      connection.write(request("POST", target, content, upgrade));
      accepted(connection);
      return new Line(connection);
    } catch (IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private Answer ask(String method, Target target, byte[] body, String headers) throws IOException {
    Connection connection = Connection.open(address);
    try {
      connection.write(request(method, target, body, headers));
      Head head = method.equals("HEAD") ? bare(connection) : accepted(connection);
      String warning = head.header("warning");
      if (!warning.isEmpty()) {
        warnings.accept(Warning.text(warning));
      }
      return new Answer(head, connection);
    } catch (IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** {@code body} null: it follows by itself. */
  private byte[] request(String method, Target target, byte @Nullable [] asked, String headers) {
    byte[] body = asked == null ? NOTHING : asked;
    var head = new StringBuilder(256);
    head.append(method).append(' ').append(address.base()).append(target.text());
    head.append(" HTTP/1.1\r\nHost: argosy\r\nUser-Agent: argosy\r\n").append(headers);
    if (body.length > 0) {
      head.append("Content-Type: application/json\r\n");
    }
    if (asked != null && (body.length > 0 || method.equals("POST"))) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    byte[] text = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    byte[] whole = java.util.Arrays.copyOf(text, text.length + body.length);
    System.arraycopy(body, 0, whole, text.length, body.length);
    return whole;
  }

  /** A refusal has no body either. */
  private static Head bare(Connection connection) throws IOException {
    Head head = Head.read(connection);
    if (head.status() >= 400) {
      throw new Refusal(head.status(), message("", head));
    }
    return head;
  }

  private static Head accepted(Connection connection) throws IOException {
    Head head = Head.read(connection);
    if (head.status() < 400) {
      return head;
    }
    byte[] body = Body.of(connection, head).readAllBytes();
    throw new Refusal(head.status(), message(new String(body, StandardCharsets.UTF_8), head));
  }

  private static String message(String body, Head head) {
    String said = body.strip();
    try {
      String message = Json.parse(said).get("message").text();
      said = message.isEmpty() ? said : message;
    } catch (IOException notJson) {
      // a plain sentence is as good
    }
    return said.isEmpty() ? "the daemon answered with status " + head.status() : said;
  }

  private static byte[] bytes(Json body) {
    return body.compact().getBytes(StandardCharsets.UTF_8);
  }
}
