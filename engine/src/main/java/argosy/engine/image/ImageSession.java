package argosy.engine.image;

import argosy.engine.image.store.Arrival;
import argosy.engine.image.store.Catalog;
import argosy.engine.image.store.StoredImage;
import argosy.engine.image.transfer.Intake;
import argosy.engine.image.transfer.Shelves;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * The image store for a longer piece of work: it sees the images, holds what it needs and brings
 * new ones. What it held and no image took goes when it is closed. Every call blocks.
 */
public final class ImageSession implements Intake, AutoCloseable {
  private final ActorRef<Images.Command> images;
  private final String name = "session-" + UUID.randomUUID();
  private final AskedIntake intake;

  ImageSession(ActorRef<Images.Command> images, ActorSystem<?> system) {
    this.images = images;
    this.intake = new AskedIntake(images, name, system);
  }

  /** All images, as they are now. */
  public Catalog catalog() {
    return intake.look().catalog();
  }

  public Shelves shelves() {
    return intake.look().shelves();
  }

  @Override
  public void hold(Collection<String> digests) {
    intake.hold(digests);
  }

  @Override
  public Optional<StoredImage> image(String id) {
    return intake.image(id);
  }

  @Override
  public Optional<StoredImage> kept(String id) {
    return intake.kept(id);
  }

  @Override
  public Optional<StoredImage> named(ImageRef wanted) {
    return intake.named(wanted);
  }

  @Override
  public void add(Arrival arrival) {
    intake.add(arrival);
  }

  @Override
  public void close() {
    images.tell(new ImageTransfers.Over(name));
  }
}
