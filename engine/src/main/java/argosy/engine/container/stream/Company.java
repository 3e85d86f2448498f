package argosy.engine.container.stream;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The clients attached to one container: alone, one may slow it down as it likes; together, only
 * while it reads.
 */
public final class Company {
  /** How long the others wait for one that does not read. */
  static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Set<Client> clients = ConcurrentHashMap.newKeySet();

  void join(Client client) {
    clients.stream().filter(Client::isStalled).forEach(Client::cutOff);
    clients.add(client);
  }

  void leave(Client client) {
    clients.remove(client);
  }

  /**
   * A client is behind and holds the process up. That is its right while it reads, however slowly;
   * one that takes nothing at all for {@link #PATIENCE} while others wait for it is cut off.
   */
  void stalled(Client client) {
    if (clients.size() > 1 && client.isStalled()) {
      long taken = client.taken();
      CompletableFuture.delayedExecutor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
          .execute(() -> judge(client, taken));
    }
  }

  private void judge(Client client, long taken) {
    if (clients.size() <= 1 || !clients.contains(client) || !client.isStalled()) {
      return;
    }
    if (client.taken() == taken) {
      client.cutOff();
    } else {
      stalled(client);
    }
  }

  /** The process is gone: ends those it never reached; the others hear of it after its output. */
  public void over() {
    clients.stream().filter(client -> !client.isConnected()).forEach(Client::end);
  }

  /** Ends everybody's output. */
  public void end() {
    clients.forEach(Client::end);
  }
}
