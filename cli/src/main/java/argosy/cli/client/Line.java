package argosy.cli.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A hijacked connection: raw bytes both ways, each way ended on its own. */
public final class Line implements Closeable {
  private final Connection connection;

  Line(Connection connection) {
    this.connection = connection;
  }

  public InputStream input() {
    return connection.input();
  }

  public OutputStream output() {
    return connection.output();
  }

  /** Half-close: the other side reads the end of its input, and its output still comes. */
  public void endOutput() throws IOException {
    connection.endOutput();
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
