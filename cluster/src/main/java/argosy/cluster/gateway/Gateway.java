package argosy.cluster.gateway;

import argosy.cluster.wire.Codec;
import argosy.cluster.wire.Wire;
import argosy.engine.Engine;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.protocol.StrictBehavior;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Other nodes' requests into this engine. Answers are sent in parts of at most {@link Parts#SIZE}
 * bytes, a window of them at a time: the caller asks for more, so a large answer never fills the
 * stream that everything else travels on.
 */
public final class Gateway extends StrictBehavior<Gateway.Command> {
  /** The actor's name below the guardian, by which other nodes find it. */
  public static final String NAME = "gateway";

  private static final Duration KEPT = Duration.ofSeconds(60);

  /** What it receives. */
  public sealed interface Command {}

  /** Another node's request; {@code id} is the caller's. */
  public record Call(long id, String type, byte[] request, ActorRef<Caller.Command> replyTo)
      implements Command, Wire {}

  /** The caller has every part so far and wants the next window. */
  public record More(long id, ActorRef<Caller.Command> replyTo) implements Command, Wire {}

  /** Somebody is about to create a container of that name. */
  public record Claim(String name, String by, ActorRef<Claimed> replyTo) implements Command, Wire {}

  /** Whether the name is the claimant's now. */
  public record Claimed(boolean granted) implements Wire {}

  /** The container is made, or will not be. */
  public record Release(String name, String by) implements Command, Wire {}

  private record Answered(Key key, Outcome<Object> outcome) implements Command {}

  private record Forget(Key key) implements Command {}

  private record Key(long id, ActorRef<Caller.Command> caller) {}

  private final Engine engine;
  private final InstantSource clock;
  private final TimerScheduler<Command> timers;
  private final Map<Key, Parts> sending = new HashMap<>();
  private Claims claims = Claims.NONE;

  /** Lets other nodes reach {@code engine}. */
  public static Behavior<Command> create(Engine engine, InstantSource clock) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new Gateway(context, timers, engine, clock)));
  }

  private Gateway(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Engine engine,
      InstantSource clock) {
    super(context);
    this.timers = timers;
    this.engine = engine;
    this.clock = clock;
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Call call -> serve(call);
      case More(var id, var replyTo) -> sendWindow(new Key(id, replyTo));
      case Claim claim -> claim(claim);
      case Release(var name, var by) -> claims = claims.without(name, by);
      case Answered(var key, var outcome) -> answer(key, outcome);
      case Forget(var key) -> sending.remove(key);
    }
    return Behaviors.same();
  }

  private void serve(Call call) {
    var key = new Key(call.id(), call.replyTo());
    switch (Codec.request(call.type(), call.request())) {
      case Outcome.Failed<?>(var failure) -> answer(key, Outcome.failed(failure));
      case Outcome.Ok<argosy.engine.protocol.Request<?>>(var request) ->
          getContext()
              .pipeToSelf(
                  Protocol.ask(engine, request),
                  (outcome, thrown) ->
                      new Answered(key, thrown == null ? outcome : Outcome.failed(thrown)));
    }
  }

  private void answer(Key key, Outcome<Object> outcome) {
    sending.put(key, parts(outcome));
    timers.startSingleTimer(key, new Forget(key), KEPT);
    sendWindow(key);
  }

  private static Parts parts(Outcome<Object> outcome) {
    try {
      return switch (outcome) {
        case Outcome.Ok<Object>(var value) -> new Parts(true, Codec.encode(value), 0);
        case Outcome.Failed<Object>(var failure) -> new Parts(false, Codec.encode(failure), 0);
      };
    } catch (IllegalStateException e) {
      return new Parts(
          false, Codec.encode(new Failure.Internal(String.valueOf(e.getMessage()))), 0);
    }
  }

  private void sendWindow(Key key) {
    Parts parts = sending.get(key);
    if (parts == null) {
      return;
    }
    parts.window().forEach(part -> key.caller().tell(part.to(key.id(), parts)));
    Parts rest = parts.afterWindow();
    if (rest.done()) {
      sending.remove(key);
      timers.cancel(key);
    } else {
      sending.put(key, rest);
      timers.startSingleTimer(key, new Forget(key), KEPT);
    }
  }

  private void claim(Claim claim) {
    boolean granted = claims.free(claim.name(), claim.by(), clock.instant());
    if (granted) {
      claims = claims.with(claim.name(), claim.by(), clock.instant());
    }
    claim.replyTo().tell(new Claimed(granted));
  }
}
