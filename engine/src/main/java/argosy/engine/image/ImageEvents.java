package argosy.engine.image;

import argosy.engine.event.Event;
import argosy.engine.event.Events;
import argosy.engine.image.store.Arrival;
import argosy.engine.image.store.Removal;
import argosy.engine.image.store.StoredImage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;

/** Tells the journal what happened to images, with the attributes Docker gives (events API). */
record ImageEvents(ActorRef<Events.Command> journal, InstantSource clock) {

  /** {@code name}: the attribute of that name; the image's labels stand beside it. */
  void happened(String action, StoredImage image, String id, String name) {
    var attributes = new HashMap<>(image.image().config().labels());
    attributes.put("name", name);
    publish(action, id, attributes);
  }

  /** A name or an image was taken away; one that is gone has no labels any more, as in Docker. */
  void removed(Removal.Happened one) {
    String id = one.image().id();
    if (one.action().equals("delete")) {
      publish("delete", id, Map.of("name", id));
    } else {
      happened(one.action(), one.image(), id, id);
    }
  }

  /** An image was removed to keep to the budget. */
  void evicted(StoredImage image, Instant lastUse) {
    publish(
        "delete",
        image.id(),
        Map.of(
            "name", image.id(), "argosy.reason", "budget", "argosy.last-use", lastUse.toString()));
  }

  private void publish(String action, String id, Map<String, String> attributes) {
    journal.tell(new Events.Publish(new Event("image", action, id, attributes, clock.instant())));
  }

  /** Unused images were removed. */
  void pruned(long bytes) {
    publish("prune", "", Map.of("reclaimed", Long.toString(bytes)));
  }

  /** A pull tells the reference and the repository, everything else the image's id. */
  void arrived(Arrival arrival, StoredImage image) {
    if (arrival.event().equals("commit")) {
      // the container tells of the commit; of the image only its name is news
      arrival.names().forEach(name -> happened("tag", image, image.id(), name.familiar()));
      return;
    }
    String told = arrival.told();
    String name = told.equals(arrival.id()) ? told : ImageRef.parse(told).familiarName();
    happened(arrival.event(), image, told, name);
  }
}
