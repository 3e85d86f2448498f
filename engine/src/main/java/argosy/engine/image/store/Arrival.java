package argosy.engine.image.store;

import argosy.engine.image.ImageRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image that has come into the store, all its files in place.
 *
 * @param image null where only names are added to {@code id}
 * @param names tags and digests it shall have
 * @param event pull, load, import, …; empty: nobody is told
 * @param told what the event names: the reference pulled, else the image's id
 */
public record Arrival(
    String id, @Nullable StoredImage image, List<ImageRef> names, String event, String told) {
  public Arrival {
    names = List.copyOf(names);
  }
}
