package argosy.engine.network;

import argosy.engine.dns.NameBook;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.network.NetworkRequest.Network;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The sandboxes of running containers, and whether we were told of them: what an actor that is
 * restarted after a failure must find again, since nobody tells it a second time.
 */
final class Remembered {
  private final Map<String, Sandbox> running = new ConcurrentHashMap<>();
  private final NameBook names = new NameBook();
  private volatile boolean adopted;

  /** By container. */
  Map<String, Sandbox> running() {
    return running;
  }

  /** Of a container that should run; refuses in Docker's words when it does not. */
  Sandbox running(Guest guest) {
    Sandbox sandbox = running.get(guest.container());
    if (sandbox == null) {
      throw new Refused(new Failure.Conflict("container " + guest.container() + " is not running"));
    }
    return sandbox;
  }

  /** Who is called what among those who run. */
  NameBook names() {
    return names;
  }

  /** It runs, or runs on in other networks or under another name; found by its names at once. */
  void put(Sandbox sandbox) {
    Sandbox old = running.put(sandbox.container(), sandbox);
    sandbox.endpoints().stream()
        .filter(Scopes::isNamed)
        .forEach(endpoint -> names.enter(endpoint.networkId(), Scopes.named(endpoint)));
    if (old != null) {
      old.endpoints().stream().filter(endpoint -> !has(sandbox, endpoint)).forEach(this::forget);
    }
  }

  private static boolean has(Sandbox sandbox, Endpoint endpoint) {
    return sandbox.endpoints().stream().anyMatch(other -> other.id().equals(endpoint.id()));
  }

  private void forget(Endpoint endpoint) {
    names.leave(endpoint.networkId(), endpoint.id());
  }

  /** Null when it did not run. */
  @Nullable Sandbox remove(String container) {
    Sandbox gone = running.remove(container);
    if (gone != null) {
      gone.endpoints().forEach(this::forget);
    }
    return gone;
  }

  boolean adopted() {
    return adopted;
  }

  void nowAdopted() {
    adopted = true;
  }

  /** Endpoints of the containers that run in a network, by container. */
  Map<String, Endpoint> endpoints(Network network) {
    return running.values().stream()
        .flatMap(sandbox -> sandbox.endpoints().stream())
        .filter(endpoint -> endpoint.networkId().equals(network.id()))
        .collect(Collectors.toMap(Endpoint::container, Function.identity(), (first, _) -> first));
  }

  /** By id, or by the container's name. */
  Optional<Sandbox> find(String reference) {
    return Optional.ofNullable(running.get(reference))
        .or(() ->
            running.values().stream().filter(sandbox -> isMeant(sandbox, reference)).findFirst());
  }

  private static boolean isMeant(Sandbox sandbox, String reference) {
    return sandbox.endpoints().stream()
        .anyMatch(endpoint -> endpoint.containerName().equals(reference));
  }
}
