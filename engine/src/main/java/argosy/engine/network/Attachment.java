package argosy.engine.network;

import argosy.engine.failure.Done;
import argosy.engine.failure.Outcome;
import argosy.engine.spec.NetworkSpec;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;

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
   * After a daemon's start, before anything else: these sandboxes still run and keep what they
   * have. Whatever else lies about from before (namespaces, links, rules) is removed. Until it
   * comes, joins wait; when it comes again, sandboxes that are not among these are taken down.
   */
  record Adopt(List<Sandbox> running, Set<String> known, ActorRef<Outcome<Done>> replyTo)
      implements Attachment {}
}
