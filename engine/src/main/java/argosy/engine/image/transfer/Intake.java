package argosy.engine.image.transfer;

import argosy.engine.image.ImageRef;
import argosy.engine.image.store.Arrival;
import argosy.engine.image.store.StoredImage;
import java.util.Collection;
import java.util.Optional;

/** What a transfer asks of the image store; every call blocks and may throw a refusal. */
public interface Intake {
  /** From now until the transfer is over nobody removes these layers and blobs. */
  void hold(Collection<String> digests);

  /** An image that is there. */
  Optional<StoredImage> image(String id);

  /** As {@link #image}, one that was removed under its containers too. */
  Optional<StoredImage> kept(String id);

  /** The image a name stands for. */
  Optional<StoredImage> named(ImageRef name);

  /** Puts an image and its names into the store. */
  void add(Arrival arrival);
}
