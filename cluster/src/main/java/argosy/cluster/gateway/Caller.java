package argosy.cluster.gateway;

import argosy.cluster.wire.Codec;
import argosy.cluster.wire.Wire;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.protocol.StrictBehavior;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * This node's requests to other nodes' gateways: every one of them ends, with the answer, when its
 * patience is over, when its node is lost, or when this host leaves the cluster.
 */
public final class Caller extends StrictBehavior<Caller.Command> {
  /** Bytes of a request that still fit a frame with its envelope. */
  static final int LARGEST_REQUEST = 200 * 1024;

  /** What it receives. */
  public sealed interface Command {}

  /**
   * Asks the node at {@code address} ({@code pekko://…}), whose {@code name} is for sentences;
   * {@code answer} is completed with the answer's bytes.
   */
  public record Ask(
      String name,
      String address,
      String type,
      byte[] request,
      Duration patience,
      CompletableFuture<Outcome<byte[]>> answer)
      implements Command {}

  /** A node became unreachable or is gone: nobody waits for it any longer. */
  public record Lost(String address) implements Command {}

  /** A piece of an answer. */
  public record Part(long call, int index, int count, boolean ok, byte[] bytes)
      implements Command, Wire {}

  private record GiveUp(long call) implements Command {}

  private record Pending(Ask ask, ActorRef<Gateway.Command> gateway, Assembly assembly) {}

  private final TimerScheduler<Command> timers;
  private final Map<Long, Pending> pending = new HashMap<>();
  private long last;

  /** One of it serves the whole host. */
  public static Behavior<Command> create() {
    return Behaviors.setup(context -> Behaviors.withTimers(timers -> new Caller(context, timers)));
  }

  private Caller(ActorContext<Command> context, TimerScheduler<Command> timers) {
    super(context);
    this.timers = timers;
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Ask ask -> send(ask);
      case Lost(var address) -> lost(address);
      case Part part -> part(part);
      case GiveUp(var call) -> giveUp(call);
    }
    return Behaviors.same();
  }

  @Override
  public Behavior<Command> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      List.copyOf(pending.keySet())
          .forEach(call -> fail(call, "this host has left the cluster that node %s is in"));
      return Behaviors.same();
    }
    return super.onSignal(signal);
  }

  private void send(Ask ask) {
    if (ask.request().length > LARGEST_REQUEST) {
      ask.answer()
          .complete(
              Outcome.failed(
                  new Failure.Invalid(
                      "the request is too large to be sent to node %s: %d bytes, at most %d"
                          .formatted(ask.name(), ask.request().length, LARGEST_REQUEST))));
      return;
    }
    long call = ++last;
    ActorRef<Gateway.Command> gateway = gateway(getContext(), ask.address());
    pending.put(call, new Pending(ask, gateway, new Assembly()));
    timers.startSingleTimer(call, new GiveUp(call), ask.patience());
    gateway.tell(new Gateway.Call(call, ask.type(), ask.request(), getContext().getSelf()));
  }

  /** The gateway of the node at an address, whether it is there or not. */
  static ActorRef<Gateway.Command> gateway(ActorContext<?> context, String address) {
    return ActorRefResolver.get(context.getSystem())
        .resolveActorRef(address + "/user/" + Gateway.NAME);
  }

  private void lost(String address) {
    pending.entrySet().stream()
        .filter(entry -> entry.getValue().ask().address().equals(address))
        .map(Map.Entry::getKey)
        .toList()
        .forEach(call -> fail(call, "node %s does not answer: it can not be reached"));
  }

  private void part(Part part) {
    Pending waiting = pending.get(part.call());
    if (waiting == null) {
      return;
    }
    if (!waiting.assembly().add(part)) {
      fail(part.call(), "a part of node %s's answer was lost on its way; try again");
    } else if (waiting.assembly().complete()) {
      end(part.call(), answer(part.ok(), waiting.assembly().bytes()));
    } else if (waiting.assembly().wantsMore()) {
      waiting.gateway().tell(new Gateway.More(part.call(), getContext().getSelf()));
    }
  }

  private static Outcome<byte[]> answer(boolean ok, byte[] bytes) {
    return ok
        ? Outcome.ok(bytes)
        : Codec.decode(bytes, Failure.class).then(Outcome::<byte[]>failed);
  }

  private void giveUp(long call) {
    Pending waiting = pending.get(call);
    if (waiting != null) {
      fail(call, "node %s does not answer within " + waiting.ask().patience().toSeconds() + " s");
    }
  }

  private void fail(long call, String sentence) {
    Pending waiting = pending.get(call);
    if (waiting != null) {
      end(call, Outcome.failed(new Failure.Unavailable(sentence.formatted(waiting.ask().name()))));
    }
  }

  private void end(long call, Outcome<byte[]> outcome) {
    timers.cancel(call);
    Pending waiting = pending.remove(call);
    if (waiting != null) {
      waiting.ask().answer().completeAsync(() -> outcome);
    }
  }
}
