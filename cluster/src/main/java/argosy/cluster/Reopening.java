package argosy.cluster;

import argosy.cluster.gateway.Caller;
import argosy.cluster.member.Membership;
import argosy.cluster.wire.NodeFacts;
import argosy.engine.LocalEngine;
import argosy.engine.failure.Refused;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the cluster port open: when its actor system ends because the others took this host for
 * dead, or because it broke, a fresh one is opened and looks for the way back. The engine does not
 * notice.
 */
final class Reopening {
  private static final Logger LOG = LoggerFactory.getLogger(Reopening.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** What lives shorter than this is broken, and is opened again after longer and longer pauses. */
  private static final Duration SETTLED = Duration.ofSeconds(10);

  private static final Duration CLOSING = Duration.ofSeconds(15);

  private final ClusterConfig config;
  private final LocalEngine engine;
  private final NodeFacts self;
  private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
  private volatile @Nullable ClusterPort port;
  private volatile boolean closing;
  private volatile long openedAt;
  private volatile Duration pause = FIRST_PAUSE;
  private volatile Membership last = Membership.closed("");

  /** Opens the port; throws {@link Refused} when that fails this first time. */
  Reopening(ClusterConfig config, LocalEngine engine, NodeFacts self) {
    this.config = config;
    this.engine = engine;
    this.self = self;
    try {
      open();
    } catch (Refused e) {
      blocking.close();
      throw e;
    }
    LOG.warn("the cluster port {} has no authentication (--cluster-insecure)", config.listen());
  }

  /** What the open port is used through. */
  record Lines(ActorSystem<?> system, ActorRef<Caller.Command> caller) {}

  private void open() {
    var opened = new ClusterPort(config, engine, self, blocking);
    openedAt = System.nanoTime();
    port = opened;
    opened.closed().whenComplete((_, _) -> ended(opened));
  }

  private void ended(ClusterPort ended) {
    Membership before = ended.membership();
    port = null;
    if (closing) {
      return;
    }
    last =
        new Membership(
            before.address(),
            before.cluster(),
            false,
            before.others().stream().map(Reopening::outOfReach).toList(),
            "this host was put out of its cluster and is on its way back");
    LOG.warn("{}", last.warning());
    boolean shortLived = System.nanoTime() - openedAt < SETTLED.toNanos();
    pause = shortLived ? longer(pause) : FIRST_PAUSE;
    reopen(pause);
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  private static Membership.Other outOfReach(Membership.Other other) {
    return new Membership.Other(
        other.facts(), other.address(), argosy.cluster.member.Presence.UNREACHABLE, other.since());
  }

  private void reopen(Duration wait) {
    CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS, blocking)
        .execute(() -> {
          if (closing) {
            return;
          }
          try {
            open();
          } catch (Refused e) {
            LOG.warn("{}; trying again", e.getMessage());
            reopen(longer(wait));
          }
        });
  }

  Membership membership() {
    ClusterPort open = port;
    return open == null || open.membership().address().isEmpty() ? last : open.membership();
  }

  /** Null while the port is closed. */
  @Nullable Lines lines() {
    ClusterPort open = port;
    if (open == null) {
      return null;
    }
    ActorRef<Caller.Command> caller = open.caller().toCompletableFuture().getNow(null);
    return caller == null ? null : new Lines(open.system(), caller);
  }

  /** Ends the membership at once: the others see this host as unreachable, then as down. */
  void close() {
    closing = true;
    ClusterPort open = port;
    if (open != null) {
      open.close();
      try {
        open.closed().toCompletableFuture().get(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
        LOG.warn("the cluster port did not close in time: {}", e.toString());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    blocking.shutdown();
  }
}
