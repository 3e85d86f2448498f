package argosy.engine.image;

import argosy.engine.failure.Done;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import argosy.engine.image.store.Arrival;
import argosy.engine.image.store.StoredImage;
import argosy.engine.image.transfer.Intake;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.japi.function.Function;

/** The image store as a transfer's thread sees it: it asks the actor and waits. */
record AskedIntake(ActorRef<Images.Command> images, String transfer, ActorSystem<?> system)
    implements Intake {
  /** The store answers when what is being written is safe, which a slow disk may delay. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Override
  public void hold(Collection<String> digests) {
    this.<Done>ask(replyTo -> new ImageTransfers.Hold(transfer, Set.copyOf(digests), replyTo));
  }

  @Override
  public Optional<StoredImage> image(String id) {
    return kept(id).filter(one -> !one.removed());
  }

  @Override
  public Optional<StoredImage> kept(String id) {
    return Optional.ofNullable(look().catalog().images().get(id));
  }

  @Override
  public Optional<StoredImage> named(ImageRef name) {
    var catalog = look().catalog();
    return Optional.ofNullable(catalog.names().get(name.canonical()))
        .map(id -> catalog.images().get(id));
  }

  ImageTransfers.Seen look() {
    return this.<ImageTransfers.Seen>ask(ImageTransfers.Look::new);
  }

  @Override
  public void add(Arrival arrival) {
    Outcome<Done> outcome =
        this.<Outcome<Done>>ask(replyTo -> new ImageTransfers.Add(arrival, replyTo));
    if (outcome instanceof Outcome.Failed<Done>(var failure)) {
      throw new Refused(failure);
    }
  }

  private <T> T ask(Function<ActorRef<T>, Images.Command> message) {
    return AskPattern.ask(images, message, PATIENCE, system.scheduler())
        .toCompletableFuture()
        .join();
  }
}
