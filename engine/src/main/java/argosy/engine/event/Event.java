package argosy.engine.event;

import java.time.Instant;
import java.util.Map;

/**
 * Something that happened, in Docker's words (API section "Events").
 *
 * @param type container, image, volume, network, daemon
 * @param action create, start, die …
 * @param id the actor's id: a container's, a network's, an image reference
 * @param attributes what clients filter on; includes {@code name} and the labels
 */
public record Event(
    String type, String action, String id, Map<String, String> attributes, Instant time) {
  public Event {
    attributes = Map.copyOf(attributes);
  }
}
