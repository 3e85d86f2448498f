package argosy.engine.container;

import argosy.engine.network.NetworkRequest;
import argosy.engine.protocol.Ask;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;

/** The registry of this host's containers: names, ids, and one actor for each. */
public final class Containers {
  private Containers() {}

  /** What it receives. */
  public sealed interface Command permits Asked, Connecting, Streaming, ContainersActor.Inner {}

  /** A request of the public protocol. */
  public record Asked(Ask<ContainerRequest<?>> ask) implements Command {}

  /** Networks asked for or given up by a container: {@code Connect} or {@code Disconnect}. */
  public record Connecting(Ask<NetworkRequest<?>> ask) implements Command {}

  /** A request for bytes or for a wait; {@code reference} is an exec's id for {@code RunExec}. */
  public record Streaming(String reference, StreamOrder order) implements Command {}

  /**
   * The registry. It first brings back what the disk and the runtime know, and answers then; spawn
   * it under supervision with restart.
   */
  public static Behavior<Command> create(Surroundings around) {
    return ContainersActor.create(around);
  }

  /** The streams of the containers behind that registry. */
  public static ContainerStreams streams(ActorRef<Command> containers, ActorSystem<?> system) {
    return new AskedStreams(containers, new FileStreams(system));
  }
}
