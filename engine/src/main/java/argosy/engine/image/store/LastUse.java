package argosy.engine.image.store;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * When images were last used: by a container that was made, started, stopped or removed, by a pull,
 * push, save or load, by a build. A value; every change is a new one.
 *
 * @param times by image id
 */
public record LastUse(Map<String, Instant> times) {
  public static final LastUse NONE = new LastUse(Map.of());

  public LastUse {
    times = Map.copyOf(times);
  }

  /** With one more use; time does not go back. */
  public LastUse with(String image, Instant now) {
    var more = new HashMap<>(times);
    more.merge(image, now, (one, other) -> one.isAfter(other) ? one : other);
    return new LastUse(more);
  }

  /** Without images that are gone. */
  public LastUse within(Catalog catalog) {
    var known = new HashMap<>(times);
    known.keySet().retainAll(catalog.images().keySet());
    return new LastUse(known);
  }

  /** Its coming was a use too. */
  public Instant of(StoredImage image) {
    Instant used = times.get(image.id());
    return used == null || used.isBefore(image.added()) ? image.added() : used;
  }
}
