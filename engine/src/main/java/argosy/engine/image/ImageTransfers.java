package argosy.engine.image;

import argosy.engine.failure.Done;
import argosy.engine.failure.Outcome;
import argosy.engine.image.ImageStreams.Progress;
import argosy.engine.image.store.Arrival;
import argosy.engine.image.store.Catalog;
import argosy.engine.image.transfer.Shelves;
import argosy.engine.image.transfer.Work;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.javadsl.Source;

/** What transfers ask of the image store; inside this package. */
sealed interface ImageTransfers extends ImagesActor.Inner {

  /** Starts a transfer, or joins the one that runs under the same key. */
  record Join(
      Object key,
      Function<Shelves, Work> work,
      ActorRef<Outcome<Source<Progress, NotUsed>>> replyTo)
      implements ImageTransfers {}

  record Look(ActorRef<Seen> replyTo) implements ImageTransfers {}

  /** The catalog as it is now. */
  record Seen(Catalog catalog, Shelves shelves) {}

  /** From now until the transfer is over nobody removes these layers and blobs. */
  record Hold(String transfer, Set<String> digests, ActorRef<Done> replyTo)
      implements ImageTransfers {
    public Hold {
      digests = Set.copyOf(digests);
    }
  }

  record Add(Arrival arrival, ActorRef<Outcome<Done>> replyTo) implements ImageTransfers {}

  /** These images were written as an archive. */
  record Saved(List<String> ids) implements ImageTransfers {
    public Saved {
      ids = List.copyOf(ids);
    }
  }

  /** A transfer's work is done; nobody joins it any more. */
  record Ended(Object key, ActorRef<Transfer.Command> transfer) implements ImageTransfers {}

  /** A transfer is gone: what it held and no image took goes too. */
  record Over(String transfer) implements ImageTransfers {}
}
