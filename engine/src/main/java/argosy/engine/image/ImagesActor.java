package argosy.engine.image;

import argosy.engine.event.Events;
import argosy.engine.failure.Done;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import argosy.engine.image.ImageRequest.Removed;
import argosy.engine.image.store.Catalog;
import argosy.engine.image.store.Catalog.Use;
import argosy.engine.image.store.ImageStore;
import argosy.engine.image.store.ImageStore.Unneeded;
import argosy.engine.image.store.Listing;
import argosy.engine.image.store.Removal;
import argosy.engine.protocol.Ask;
import argosy.engine.protocol.StrictBehavior;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Owns the catalog of images. One change at a time: it is decided on the catalog, written, and only
 * then true; meanwhile questions are answered from what was true before.
 */
final class ImagesActor extends StrictBehavior<Images.Command> {
  private static final int STASHED = 10_000;

  /** What only this package tells it. */
  sealed interface Inner extends Images.Command permits ImageTransfers, Private {}

  private sealed interface Private extends Inner {}

  private record Opened(OpenedStore store) implements Private {}

  private record Written(@Nullable Throwable failure) implements Private {}

  private final StashBuffer<Images.Command> stash;
  private final ImageEvents events;
  private final Executor blocking;
  private final InstantSource clock;
  private final AtomicReference<Map<String, Use>> users;
  private final RunningTransfers transfers;
  private Catalog catalog = Catalog.EMPTY;
  private @Nullable OpenedStore opened;
  private @Nullable CatalogChange change;

  static Behavior<Images.Command> create(
      ImageSettings settings,
      ActorRef<Events.Command> events,
      Executor blocking,
      InstantSource clock) {
    var users = new AtomicReference<Map<String, Use>>(Map.of());
    return Behaviors.withStash(
        STASHED,
        stash ->
            Behaviors.setup(context ->
                new ImagesActor(context, stash, new ImageEvents(events, clock), blocking, users)
                    .opening(settings)));
  }

  private ImagesActor(
      ActorContext<Images.Command> context,
      StashBuffer<Images.Command> stash,
      ImageEvents events,
      Executor blocking,
      AtomicReference<Map<String, Use>> users) {
    super(context);
    this.stash = stash;
    this.events = events;
    this.blocking = blocking;
    this.clock = events.clock();
    this.users = users;
    this.transfers = new RunningTransfers(context, blocking);
  }

  private Behavior<Images.Command> opening(ImageSettings settings) {
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(() -> OpenedStore.open(settings, clock), blocking),
            (store, failure) -> failure == null ? new Opened(store) : new Written(failure));
    return phase(this::whileOpening);
  }

  private Behavior<Images.Command> whileOpening(Images.Command command) {
    return switch (command) {
      case Opened(var store) -> {
        opened = store;
        catalog = store.catalog().withUsers(Objects.requireNonNull(users.get()));
        yield stash.unstashAll(this);
      }
      case Written(var failure) ->
          throw new IllegalStateException("the image store can not be opened", failure);
      case Images.Asked _, ImageUse _, ImageTransfers _ -> stashed(command);
    };
  }

  private Behavior<Images.Command> stashed(Images.Command command) {
    stash.stash(command);
    return Behaviors.same();
  }

  @Override
  public Behavior<Images.Command> onMessage(Images.Command command) {
    return switch (command) {
      case Images.Asked(var ask) -> asked(ask);
      case ImageUse use -> use(use);
      case ImageTransfers transfer -> transfer(transfer);
      case Opened _, Written _ -> Behaviors.same();
    };
  }

  private Behavior<Images.Command> whileWriting(Images.Command command) {
    return switch (command) {
      case Written(var failure) -> written(failure);
      case Images.Asked(var ask)
          when ask.request() instanceof ImageRequest.Find
              || ask.request() instanceof ImageRequest.Inspect ->
          asked(ask);
      case Images.Asked _, ImageUse _, ImageTransfers _, Opened _ -> stashed(command);
    };
  }

  private Behavior<Images.Command> asked(Ask<ImageRequest<?>> ask) {
    try {
      return switch (ask.request()) {
        case ImageRequest.Find(boolean all, var filters) ->
            answer(
                ask, new ImageRequest.Listed(Listing.list(catalog, all, filters, clock.instant())));
        case ImageRequest.Inspect(String reference) ->
            answer(ask, catalog.shown(catalog.find(reference)));
        case ImageRequest.Tag tag -> tag(ask, tag);
        case ImageRequest.Remove(String reference, boolean force, boolean noPrune) ->
            remove(ask, Removal.plan(catalog, reference, force, !noPrune));
        case ImageRequest.Prune(var filters) ->
            remove(
                ask, Removal.planAll(catalog, Listing.prunable(catalog, filters, clock.instant())));
      };
    } catch (Refused refused) {
      ask.fail(refused.failure());
      return Behaviors.same();
    }
  }

  private static Behavior<Images.Command> answer(Ask<ImageRequest<?>> ask, Object value) {
    ask.answer(value);
    return Behaviors.same();
  }

  private Behavior<Images.Command> tag(Ask<ImageRequest<?>> ask, ImageRequest.Tag tag) {
    var image = catalog.find(tag.reference());
    var name = Naming.tag(tag.repository(), tag.tag());
    return write(
        catalog.withName(name, image.id()),
        () -> {
          events.happened("tag", image, image.id(), name.familiar());
          ask.answer(new Done());
        },
        ask::fail);
  }

  private Behavior<Images.Command> remove(Ask<ImageRequest<?>> ask, Removal.Plan plan) {
    var before = catalog;
    var chains = ImageStore.unneeded(before, plan.after(), Set.of()).chains();
    return write(
        plan.after(),
        () -> {
          plan.happened()
              .forEach(one ->
                  events.happened(one.action(), one.image(), one.image().id(), one.image().id()));
          long bytes = ImageStore.bytes(before, chains);
          if (ask.request() instanceof ImageRequest.Prune) {
            events.pruned(bytes);
          }
          ask.answer(new Removed(plan.steps(), bytes));
        },
        ask::fail);
  }

  private Behavior<Images.Command> use(ImageUse use) {
    return switch (use) {
      case ImageUse.Retain retain -> retain(retain);
      case ImageUse.Running(String container, boolean running) -> {
        become(catalog.withRunning(container, running));
        yield Behaviors.same();
      }
      case ImageUse.Release(String container, var replyTo) ->
          write(
              catalog.withoutUse(container),
              () -> replyTo.tell(Outcome.ok(new Done())),
              failure -> replyTo.tell(Outcome.failed(failure)));
    };
  }

  private Behavior<Images.Command> retain(ImageUse.Retain retain) {
    try {
      var image = catalog.findForContainer(retain.reference());
      become(catalog.withUse(retain.container(), image.id(), false));
      retain.replyTo().tell(Outcome.ok(catalog.shown(image)));
    } catch (Refused refused) {
      retain.replyTo().tell(Outcome.failed(refused.failure()));
    }
    return Behaviors.same();
  }

  private Behavior<Images.Command> transfer(ImageTransfers command) {
    switch (command) {
      case ImageTransfers.Join join -> transfers.join(join, opened().shelves());
      case ImageTransfers.Look(var replyTo) ->
          replyTo.tell(new ImageTransfers.Seen(catalog, opened().shelves()));
      case ImageTransfers.Hold hold -> transfers.hold(hold);
      case ImageTransfers.Ended ended -> transfers.ended(ended);
      case ImageTransfers.Saved(var ids) -> saved(ids);
      case ImageTransfers.Add add -> {
        return add(add);
      }
      case ImageTransfers.Over(String transfer) -> {
        return over(transfer);
      }
    }
    return Behaviors.same();
  }

  private void saved(List<String> ids) {
    ids.stream()
        .flatMap(id -> Stream.ofNullable(catalog.images().get(id)))
        .forEach(image -> events.happened("save", image, image.id(), image.id()));
  }

  private Behavior<Images.Command> add(ImageTransfers.Add add) {
    try {
      var arrival = add.arrival();
      var after = catalog.with(arrival);
      return write(
          after,
          () -> {
            if (!arrival.event().isEmpty()) {
              events.arrived(arrival, after.find(arrival.id()));
            }
            add.replyTo().tell(Outcome.ok(new Done()));
          },
          failure -> add.replyTo().tell(Outcome.failed(failure)));
    } catch (Refused refused) {
      add.replyTo().tell(Outcome.failed(refused.failure()));
      return Behaviors.same();
    }
  }

  /** What a transfer brought and no image took goes. */
  private Behavior<Images.Command> over(String transfer) {
    var left = transfers.over(transfer, catalog);
    return left.isEmpty()
        ? Behaviors.same()
        : write(catalog, new Unneeded(left, left), () -> {}, _ -> {});
  }

  private Behavior<Images.Command> write(Catalog after, Runnable done, Consumer<Failure> failed) {
    return write(after, ImageStore.unneeded(catalog, after, transfers.held()), done, failed);
  }

  private Behavior<Images.Command> write(
      Catalog after, Unneeded unneeded, Runnable done, Consumer<Failure> failed) {
    change = new CatalogChange(catalog, after, done, failed);
    var saved = change.save(opened().store(), unneeded, blocking);
    getContext().pipeToSelf(saved, (_, failure) -> new Written(failure));
    return phase(this::whileWriting);
  }

  private Behavior<Images.Command> written(@Nullable Throwable failure) {
    var ended = Objects.requireNonNull(change);
    change = null;
    if (failure == null) {
      become(ended.after());
      ended.done().run();
    } else {
      getContext().getLog().error("the images can not be written", failure);
      ended.failed().accept(Refused.failureOf(failure));
    }
    return stash.unstashAll(this);
  }

  /**
   * What containers hold outlives a restart of this actor; after a restart of the daemon they take
   * hold again themselves.
   */
  private void become(Catalog next) {
    catalog = next;
    users.set(next.users());
  }

  private OpenedStore opened() {
    return Objects.requireNonNull(opened);
  }
}
