package argosy.engine.image;

import argosy.engine.event.Event;
import argosy.engine.event.Events;
import argosy.engine.image.store.Arrival;
import argosy.engine.image.store.StoredImage;
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
    journal.tell(new Events.Publish(new Event("image", action, id, attributes, clock.instant())));
  }

  /** Unused images were removed. */
  void pruned(long bytes) {
    var reclaimed = Map.of("reclaimed", Long.toString(bytes));
    journal.tell(new Events.Publish(new Event("image", "prune", "", reclaimed, clock.instant())));
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
