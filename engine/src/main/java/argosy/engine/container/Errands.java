package argosy.engine.container;

import argosy.engine.container.ContainerRequest.Publish;
import argosy.engine.container.Surroundings.Neighbours;
import argosy.engine.failure.Done;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import argosy.engine.image.Image;
import argosy.engine.image.ImageUse;
import argosy.engine.image.Images;
import argosy.engine.network.Attachment;
import argosy.engine.network.Guest;
import argosy.engine.network.NetworkRequest.Connect;
import argosy.engine.network.NetworkRequest.Disconnect;
import argosy.engine.network.Networks;
import argosy.engine.network.Sandbox;
import argosy.engine.spec.NetworkSpec;
import argosy.engine.volume.VolumeRequest;
import argosy.engine.volume.VolumeRequest.Volume;
import argosy.engine.volume.VolumeUse;
import argosy.engine.volume.Volumes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.japi.function.Function;

/**
 * What is asked of the other nouns for a container, from a virtual thread that waits for the
 * answer. A failed answer is thrown as {@link Refused}.
 */
record Errands(Neighbours neighbours, Scheduler scheduler) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The kernel gives a silent file server up after some minutes. */
  private static final Duration PATIENCE_WITH_SERVERS = Duration.ofMinutes(10);

  Image retain(String container, String reference) {
    return ask(
        neighbours.images(),
        (ActorRef<Outcome<Image>> replyTo) -> new ImageUse.Retain(container, reference, replyTo));
  }

  void releaseImage(String container) {
    this.<Images.Command, Done>ask(
        neighbours.images(), replyTo -> new ImageUse.Release(container, replyTo));
  }

  /** {@code unnamed}: what an anonymous volume shall be called. */
  Volume acquire(String container, VolumeRequest.Create wanted, String unnamed) {
    return ask(
        neighbours.volumes(),
        (ActorRef<Outcome<Volume>> replyTo) ->
            new VolumeUse.Acquire(container, wanted, unnamed, replyTo));
  }

  void releaseVolumes(String container, boolean anonymous) {
    this.<Volumes.Command, Done>ask(
        neighbours.volumes(), replyTo -> new VolumeUse.Release(container, anonymous, replyTo));
  }

  /** Mounts what the container's volumes are made of; {@code running}: it uses them already. */
  void mountVolumes(String container, String user, boolean running) {
    this.<Volumes.Command, Done>ask(
        neighbours.volumes(),
        PATIENCE_WITH_SERVERS,
        replyTo -> new VolumeUse.Mount(container, user, running, replyTo));
  }

  void unmountVolumes(String user) {
    this.<Volumes.Command, Done>ask(
        neighbours.volumes(), replyTo -> new VolumeUse.Unmount(user, replyTo));
  }

  void settleVolumes(List<String> unwanted) {
    this.<Volumes.Command, Done>ask(
        neighbours.volumes(), replyTo -> new VolumeUse.Settle(unwanted, replyTo));
  }

  Sandbox join(ContainerRecord record, String hostname) {
    return ask(
        neighbours.networks(),
        (ActorRef<Outcome<Sandbox>> replyTo) ->
            new Attachment.Join(
                record.id(), record.name(), hostname, record.spec().network(), replyTo));
  }

  Attachment.Rewired connect(Guest guest, NetworkSpec spec, Connect order, boolean running) {
    return ask(
        neighbours.networks(),
        (ActorRef<Outcome<Attachment.Rewired>> replyTo) ->
            new Attachment.Connect(
                guest, spec, order.reference(), order.endpoint(), running, replyTo));
  }

  Attachment.Rewired disconnect(Guest guest, NetworkSpec spec, Disconnect order, boolean running) {
    return ask(
        neighbours.networks(),
        (ActorRef<Outcome<Attachment.Rewired>> replyTo) ->
            new Attachment.Disconnect(guest, spec, order.reference(), running, replyTo));
  }

  Attachment.Rewired publish(Guest guest, NetworkSpec spec, Publish order, boolean running) {
    return ask(
        neighbours.networks(),
        (ActorRef<Outcome<Attachment.Rewired>> replyTo) ->
            new Attachment.Publish(guest, spec, order.add(), order.remove(), running, replyTo));
  }

  Attachment.Rewired rename(Guest guest, NetworkSpec spec) {
    return ask(
        neighbours.networks(),
        (ActorRef<Outcome<Attachment.Rewired>> replyTo) ->
            new Attachment.Rename(guest, spec, replyTo));
  }

  void leave(String container) {
    this.<Networks.Command, Done>ask(
        neighbours.networks(), replyTo -> new Attachment.Leave(container, replyTo));
  }

  void adopt(List<Sandbox> running, Set<String> known) {
    this.<Networks.Command, Done>ask(
        neighbours.networks(), replyTo -> new Attachment.Adopt(running, known, replyTo));
  }

  private <M, T> T ask(ActorRef<M> whom, Function<ActorRef<Outcome<T>>, M> message) {
    return ask(whom, PATIENCE, message);
  }

  private <M, T> T ask(
      ActorRef<M> whom, Duration patience, Function<ActorRef<Outcome<T>>, M> message) {
    Outcome<T> outcome =
        AskPattern.<M, Outcome<T>>ask(whom, message, patience, scheduler)
            .toCompletableFuture()
            .join();
    return switch (outcome) {
      case Outcome.Ok<T>(var value) -> value;
      case Outcome.Failed<T>(var failure) -> throw new Refused(failure);
    };
  }
}
