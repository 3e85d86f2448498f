package argosy.http.transport;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Opens connections to others without blocking. */
public final class Dialer {
  private final Readiness readiness;
  private final Duration patience;

  public Dialer(Readiness readiness, Duration patience) {
    this.readiness = readiness;
    this.patience = patience;
  }

  public Readiness readiness() {
    return readiness;
  }

  /** Connects; fails with an {@link IOException} that says why it could not. */
  public CompletionStage<SocketChannel> connect(ListenAddress.Tcp address) {
    var connected = new CompletableFuture<SocketChannel>();
    try {
      var channel = SocketChannel.open();
      try {
        begin(channel, address, connected);
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      connected.completeExceptionally(e);
    }
    return connected;
  }

  private void begin(
      SocketChannel channel, ListenAddress.Tcp address, CompletableFuture<SocketChannel> connected)
      throws IOException {
    if (address.socket().isUnresolved()) {
      throw new IOException("nobody knows the host " + address.host());
    }
    channel.configureBlocking(false);
    TcpOptions.set(channel);
    if (channel.connect(address.socket())) {
      connected.complete(channel);
      return;
    }
    var watch = readiness.watch(channel, _ -> finish(channel, connected));
    connected
        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((_, failure) -> {
          if (failure != null) {
            close(channel);
            watch.released();
          }
        });
    watch.want(SelectionKey.OP_CONNECT);
  }

  private static void finish(SocketChannel channel, CompletableFuture<SocketChannel> connected) {
    try {
      if (channel.finishConnect()) {
        connected.complete(channel);
      }
    } catch (IOException e) {
      connected.completeExceptionally(e);
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException _) {
      // it was never connected: nothing can be lost
    }
  }
}
