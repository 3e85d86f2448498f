package argosy.http;

import argosy.http.transport.ListenAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A client that sends and reads exactly what the test says. */
final class RawClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private final SocketChannel channel;

  private RawClient(SocketChannel channel) {
    this.channel = channel;
  }

  static RawClient to(ListenAddress address) throws IOException {
    return new RawClient(
        switch (address) {
          case ListenAddress.Unix(var path) -> SocketChannel.open(UnixDomainSocketAddress.of(path));
          case ListenAddress.Tcp tcp -> SocketChannel.open(tcp.socket());
        });
  }

  /** Over TCP a closed socket is told from an ended half by a reset only. */
  RawClient resetsAtClose() throws IOException {
    if (channel.supportedOptions().contains(StandardSocketOptions.SO_LINGER)) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    }
    return this;
  }

  RawClient send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  RawClient send(byte[] bytes) throws IOException {
    var buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    return this;
  }

  RawClient halfClose() throws IOException {
    channel.shutdownOutput();
    return this;
  }

  /** Reads until the texts came, in whatever order, and returns all that came. */
  String until(String... texts) {
    var all = new ByteArrayOutputStream();
    return patiently(
        () -> {
          while (!Stream.of(texts).allMatch(all.toString(StandardCharsets.UTF_8)::contains)) {
            if (!readInto(all)) {
              throw new IOException("ended after: " + all.toString(StandardCharsets.UTF_8));
            }
          }
          return all.toString(StandardCharsets.UTF_8);
        },
        () -> "still waiting for <" + String.join("> and <", texts) + "> after <" + all + ">");
  }

  byte[] untilEnd() {
    var all = new ByteArrayOutputStream();
    return patiently(
        () -> {
          while (readInto(all)) {
            // goes on
          }
          return all.toByteArray();
        },
        () -> "no end after <" + all.size() + " bytes>");
  }

  String textUntilEnd() {
    return new String(untilEnd(), StandardCharsets.UTF_8);
  }

  private boolean readInto(ByteArrayOutputStream all) throws IOException {
    var buffer = ByteBuffer.allocate(64 * 1024);
    int count = channel.read(buffer);
    all.write(buffer.array(), 0, Math.max(count, 0));
    return count >= 0;
  }

  private interface Reading<T> {
    T read() throws IOException;
  }

  private <T> T patiently(Reading<T> reading, java.util.function.Supplier<String> problem) {
    var result = new CompletableFuture<T>();
    Thread.startVirtualThread(() -> {
      try {
        result.complete(reading.read());
      } catch (IOException e) {
        result.completeExceptionally(e);
      }
    });
    try {
      return result.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new AssertionError(problem.get(), e);
    } catch (java.util.concurrent.ExecutionException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
