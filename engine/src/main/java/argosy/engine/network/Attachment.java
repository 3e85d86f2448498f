package argosy.engine.network;

import argosy.engine.failure.Done;
import argosy.engine.failure.Outcome;
import argosy.engine.spec.NetworkSpec;
import argosy.engine.spec.NetworkSpec.Binding;
import argosy.engine.spec.NetworkSpec.EndpointSpec;
import argosy.engine.spec.Port;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * What containers ask of the networks when they start, stop and come back; never leaves the host.
 */
public sealed interface Attachment extends Networks.Command {

  /**
   * Gives a container that is about to run its namespace, endpoints and published ports, or refuses
   * and leaves nothing behind. Mode {@code container:ID} is answered with that container's sandbox
   * path and no endpoints.
   */
  record Join(
      String container,
      String name,
      String hostname,
      NetworkSpec spec,
      ActorRef<Outcome<Sandbox>> replyTo)
      implements Attachment {}

  /** Takes it all back; answers at once, tears down behind. Idempotent. */
  record Leave(String container, ActorRef<Outcome<Done>> replyTo) implements Attachment {}

  /**
   * Puts a container into one more network: a running one at once, any other when it starts.
   *
   * @param spec what the container asks for until now
   */
  record Connect(
      Guest guest,
      NetworkSpec spec,
      String network,
      EndpointSpec asked,
      boolean running,
      ActorRef<Outcome<Rewired>> replyTo)
      implements Attachment {}

  /** Takes a container out of a network. */
  record Disconnect(
      Guest guest,
      NetworkSpec spec,
      String network,
      boolean running,
      ActorRef<Outcome<Rewired>> replyTo)
      implements Attachment {}

  /**
   * Publishes ports of a container and withdraws others, all or nothing: of a running one at once,
   * of any other when it starts. In {@code remove} an empty field fits everything.
   *
   * @param spec what the container asks for until now
   */
  record Publish(
      Guest guest,
      NetworkSpec spec,
      Map<Port, List<Binding>> add,
      Map<Port, List<Binding>> remove,
      boolean running,
      ActorRef<Outcome<Rewired>> replyTo)
      implements Attachment {}

  /** A container is called otherwise from now on. */
  record Rename(Guest guest, NetworkSpec spec, ActorRef<Outcome<Rewired>> replyTo)
      implements Attachment {}

  /**
   * A container's network after a change.
   *
   * @param spec what it asks for from now on
   * @param sandbox null when it does not run
   */
  record Rewired(NetworkSpec spec, @Nullable Sandbox sandbox) {}

  /**
   * After a daemon's start, before anything else: these sandboxes still run and keep what they
   * have. Whatever else lies about from before (namespaces, links, rules) is removed. Until it
   * comes, joins wait; when it comes again, sandboxes that are not among these are taken down.
   */
  record Adopt(List<Sandbox> running, Set<String> known, ActorRef<Outcome<Done>> replyTo)
      implements Attachment {}
}
