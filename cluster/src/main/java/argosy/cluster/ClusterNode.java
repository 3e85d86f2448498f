package argosy.cluster;

import argosy.cluster.gateway.Caller;
import argosy.cluster.gateway.Gateway;
import argosy.cluster.member.Members;
import argosy.cluster.member.Surroundings;
import argosy.engine.Engine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The guardian of the cluster system: what a host is to the others. */
final class ClusterNode {
  private static final SupervisorStrategy AGAIN =
      SupervisorStrategy.restartWithBackoff(Duration.ofMillis(100), Duration.ofSeconds(60), 0.1)
          .withResetBackoffAfter(Duration.ofSeconds(10));

  private ClusterNode() {}

  /** Nothing is said to the guardian itself. */
  enum Command {}

  /**
   * The guardian.
   *
   * @param surroundings of the members' list, given who is to be told of lost nodes
   * @param caller is completed with the actor that asks other nodes
   */
  static Behavior<Command> create(
      Engine engine,
      Function<Consumer<String>, Surroundings> surroundings,
      CompletableFuture<ActorRef<Caller.Command>> caller) {
    return Behaviors.setup(context -> {
      var calls = context.spawn(Behaviors.supervise(Caller.create()).onFailure(AGAIN), "caller");
      context.spawn(
          Behaviors.supervise(Gateway.create(engine, InstantSource.system())).onFailure(AGAIN),
          Gateway.NAME);
      var around = surroundings.apply(address -> calls.tell(new Caller.Lost(address)));
      context.spawn(Behaviors.supervise(Members.create(around)).onFailure(AGAIN), Members.NAME);
      caller.complete(calls);
      return Behaviors.empty();
    });
  }
}
