package argosy.engine.container.stream;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clients attached to one process, and what becomes of one that does not keep up. The process
 * and its log wait for a client with a full buffer, as a program waits for a pipe. That is right
 * for the one that runs it in the foreground, as long as nobody else is there: the output is for
 * it. Everybody else only looks on, and is cut off when it has not caught up within {@link
 * #PATIENCE}. (dockerd waits for every one of them, without end.)
 */
public final class Company {
  /** How long a process is held up for somebody who looks on. */
  static final Duration PATIENCE = Duration.ofSeconds(3);

  /** As long as dockerd waits for the streams of a process that is gone. */
  static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(Company.class);
  private static final String WHY =
      "argosy: detached, for nothing was read here for %d seconds while output waited; the process goes on\n"
          .formatted(PATIENCE.toSeconds());

  private final Set<Client> clients = ConcurrentHashMap.newKeySet();

  /** Those too that the process has left, and whose reader has not seen all yet. */
  private final Set<Client> reading = ConcurrentHashMap.newKeySet();

  private final String process;
  private final Function<Duration, Executor> later;

  /**
   * @param process its id, for the log
   */
  public Company(String process) {
    this(
        process,
        delay -> CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS));
  }

  Company(String process, Function<Duration, Executor> later) {
    this.process = process;
    this.later = later;
  }

  void join(Client client) {
    clients.add(client);
    reading.add(client);
    client.gone().thenRun(() -> reading.remove(client));
    clients.stream().filter(Client::isStalled).forEach(this::stalled);
  }

  void leave(Client client) {
    clients.remove(client);
  }

  /** A client is behind and holds the process up. */
  void stalled(Client client) {
    if (!mayWait(client)) {
      long recoveries = client.recoveries();
      later.apply(PATIENCE).execute(() -> judge(client, recoveries));
    }
  }

  private boolean mayWait(Client client) {
    return client.isForeground() && clients.size() <= 1;
  }

  private void judge(Client client, long recoveries) {
    if (clients.contains(client)
        && client.isStalled()
        && client.recoveries() == recoveries
        && !mayWait(client)) {
      LOG.warn(
          "A client attached to {} did not keep up with its output for {} s and is detached; the"
              + " output goes on",
          process,
          PATIENCE.toSeconds());
      client.cutOff(WHY);
    }
  }

  /**
   * The process is gone: ends those it never reached; the others hear of it after its output.
   * Completes when all have read theirs, or did not for {@link #LAST_WORDS}.
   */
  public CompletionStage<Void> over() {
    clients.stream().filter(client -> !client.isConnected()).forEach(Client::end);
    var read = reading.stream().map(client -> client.gone().toCompletableFuture());
    var all = CompletableFuture.allOf(read.toArray(CompletableFuture[]::new));
    if (!all.isDone()) {
      later.apply(LAST_WORDS).execute(() -> all.complete(null));
    }
    return all;
  }

  /** Ends everybody's output. */
  public void end() {
    clients.forEach(Client::end);
  }
}
