package argosy.engine.image;

import argosy.engine.event.Events;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import argosy.engine.image.store.Catalog;
import argosy.engine.image.store.Catalog.Use;
import argosy.engine.image.store.ImageStore;
import argosy.engine.image.store.ImageStore.Unneeded;
import argosy.engine.protocol.Ask;
import argosy.engine.protocol.StrictBehavior;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
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

  private record Surveyed(Unneeded found) implements Private {}

  private record Unsurveyed(String why) implements Private {}

  private enum Upkeep implements Private {
    SWEEP,
    TIDY
  }

  private final StashBuffer<Images.Command> stash;
  private final ImageEvents events;
  private final Executor blocking;
  private final InstantSource clock;
  private final AtomicReference<Map<String, Use>> users;
  private final RunningTransfers transfers;
  private final Requests requests;
  private final Housekeeping housekeeping;
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
            Behaviors.withTimers(timers -> {
              timers.startTimerWithFixedDelay(Upkeep.SWEEP, settings.sweep());
              return Behaviors.setup(context ->
                  new ImagesActor(
                          context, stash, settings, new ImageEvents(events, clock), blocking, users)
                      .opening(settings));
            }));
  }

  private ImagesActor(
      ActorContext<Images.Command> context,
      StashBuffer<Images.Command> stash,
      ImageSettings settings,
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
    this.housekeeping = new Housekeeping(settings.budget(), events);
    this.requests = new Requests(events, housekeeping, blocking);
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
        housekeeping.remember(store.lastUse());
        self().tell(Upkeep.TIDY);
        yield stash.unstashAll(this);
      }
      case Written(var failure) ->
          throw new IllegalStateException("the image store can not be opened", failure);
      case Images.Asked _, ImageUse _, ImageTransfers _, Upkeep _, Surveyed _, Unsurveyed _ ->
          stashed(command);
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
      case Upkeep.SWEEP -> sweep();
      case Upkeep.TIDY -> tidy();
      case Surveyed(var found) -> surveyed(found);
      case Unsurveyed(String why) -> unsurveyed(why);
      case Opened _, Written _ -> Behaviors.same();
    };
  }

  private Behavior<Images.Command> whileWriting(Images.Command command) {
    return switch (command) {
      case Written(var failure) -> written(failure);
      case Images.Asked(var ask)
          when ask.request() instanceof ImageRequest.Find
              || ask.request() instanceof ImageRequest.Inspect
              || ask.request() instanceof ImageRequest.Measure ->
          asked(ask);
      // what is written is looked at when it is
      case Upkeep.TIDY -> Behaviors.same();
      case Upkeep.SWEEP -> stashed(command);
      case Images.Asked _, ImageUse _, ImageTransfers _, Opened _, Surveyed _, Unsurveyed _ ->
          stashed(command);
    };
  }

  private Behavior<Images.Command> asked(Ask<ImageRequest<?>> ask) {
    var decided = requests.answer(catalog, opened().shelves(), ask);
    return decided == null ? Behaviors.same() : write(decided);
  }

  private Behavior<Images.Command> sweep() {
    getContext()
        .pipeToSelf(
            housekeeping.survey(opened(), catalog, blocking),
            (found, failure) ->
                failure == null ? new Surveyed(found) : new Unsurveyed(failure.toString()));
    return Behaviors.same();
  }

  private Behavior<Images.Command> surveyed(Unneeded found) {
    self().tell(Upkeep.TIDY);
    var unneeded = housekeeping.unneeded(found, catalog, transfers.held());
    return unneeded.isEmpty() ? Behaviors.same() : write(CatalogChange.none(catalog), unneeded);
  }

  private Behavior<Images.Command> unsurveyed(String why) {
    getContext().getLog().error("the image store can not be looked through: {}", why);
    return Behaviors.same();
  }

  private Behavior<Images.Command> tidy() {
    return housekeeping
        .overdue(catalog, transfers.held())
        .map(this::write)
        .orElseGet(Behaviors::same);
  }

  private ActorRef<Images.Command> self() {
    return getContext().getSelf();
  }

  private Behavior<Images.Command> use(ImageUse use) {
    return switch (use) {
      case ImageUse.Retain retain -> retain(retain);
      case ImageUse.Running(String container, boolean running) -> {
        become(catalog.withRunning(container, running));
        housekeeping.used(catalog, container);
        yield Behaviors.same();
      }
      case ImageUse.Release release -> write(requests.release(catalog, release));
    };
  }

  private Behavior<Images.Command> retain(ImageUse.Retain retain) {
    try {
      var image = catalog.findForContainer(retain.reference());
      become(catalog.withUse(retain.container(), image.id(), false));
      housekeeping.used(catalog, retain.container());
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
      case ImageTransfers.Hold hold -> {
        housekeeping.used(catalog, hold.digests());
        transfers.hold(hold);
      }
      case ImageTransfers.Ended ended -> transfers.ended(ended);
      case ImageTransfers.Saved(var ids) -> requests.saved(catalog, ids);
      case ImageTransfers.Add add -> {
        return add(add);
      }
      case ImageTransfers.Over(String transfer) -> {
        return over(transfer);
      }
    }
    return Behaviors.same();
  }

  private Behavior<Images.Command> add(ImageTransfers.Add add) {
    try {
      return write(requests.arrival(catalog, add));
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
        : write(CatalogChange.none(catalog), new Unneeded(left, left));
  }

  private Behavior<Images.Command> write(CatalogChange wanted) {
    return write(wanted, ImageStore.unneeded(catalog, wanted.after(), transfers.held()));
  }

  private Behavior<Images.Command> write(CatalogChange wanted, Unneeded unneeded) {
    change = wanted;
    var saved = wanted.save(opened().store(), unneeded, housekeeping.urgentNews(), blocking);
    getContext().pipeToSelf(saved, (_, failure) -> new Written(failure));
    return phase(this::whileWriting);
  }

  private Behavior<Images.Command> written(@Nullable Throwable failure) {
    var ended = Objects.requireNonNull(change);
    change = null;
    if (failure == null) {
      become(ended.after());
      ended.done().run();
      if (housekeeping.hasBudget()) {
        self().tell(Upkeep.TIDY);
      }
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
