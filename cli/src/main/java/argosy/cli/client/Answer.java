package argosy.cli.client;

import argosy.cli.json.Json;
import argosy.cli.json.JsonStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** A daemon's answer that is not a refusal. Its connection lives until it is closed. */
public final class Answer implements Closeable {
  private final Head head;
  private final InputStream body;
  private final Connection connection;

  Answer(Head head, Connection connection) {
    this.head = head;
    this.body = Body.of(connection, head);
    this.connection = connection;
  }

  public int status() {
    return head.status();
  }

  /** "" when absent. */
  public String header(String lowerCaseName) {
    return head.header(lowerCaseName);
  }

  public InputStream body() {
    return body;
  }

  /** The whole body as one value; closes the answer. */
  public Json json() throws IOException {
    try (this) {
      return Json.parse(body);
    }
  }

  /** The body as values one after another. */
  public JsonStream jsonStream() throws IOException {
    return new JsonStream(body);
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
