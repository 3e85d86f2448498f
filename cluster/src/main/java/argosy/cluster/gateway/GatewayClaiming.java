package argosy.cluster.gateway;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** Claims at one node's gateway, near or far. */
public final class GatewayClaiming implements Link.Claiming {
  private final ActorSystem<?> system;
  private final ActorRef<Gateway.Command> gateway;
  private final Duration patience;

  /** {@code address}: the node's actor system; {@code patience}: for its answer. */
  public GatewayClaiming(ActorSystem<?> system, String address, Duration patience) {
    this.system = system;
    this.gateway = ActorRefResolver.get(system).resolveActorRef(address + "/user/" + Gateway.NAME);
    this.patience = patience;
  }

  @Override
  public CompletionStage<Boolean> claim(String name, String by) {
    return AskPattern.<Gateway.Command, Gateway.Claimed>ask(
            gateway, replyTo -> new Gateway.Claim(name, by, replyTo), patience, system.scheduler())
        .thenApply(Gateway.Claimed::granted);
  }

  @Override
  public void release(String name, String by) {
    gateway.tell(new Gateway.Release(name, by));
  }
}
