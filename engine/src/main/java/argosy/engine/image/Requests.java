package argosy.engine.image;

import argosy.engine.failure.Done;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import argosy.engine.image.ImageRequest.Removed;
import argosy.engine.image.store.Catalog;
import argosy.engine.image.store.ImageStore;
import argosy.engine.image.store.Listing;
import argosy.engine.image.store.Removal;
import argosy.engine.image.transfer.Contents;
import argosy.engine.image.transfer.Shelves;
import argosy.engine.protocol.Ask;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is asked of the catalog: answered at once, or a change whose writing is the answer. */
record Requests(ImageEvents events, Housekeeping housekeeping, Executor blocking) {

  /** The change to write, or null when the answer is given. */
  @Nullable CatalogChange answer(Catalog catalog, Shelves shelves, Ask<ImageRequest<?>> ask) {
    try {
      return switch (ask.request()) {
        case ImageRequest.Find(boolean all, var filters) ->
            answer(
                ask,
                new ImageRequest.Listed(
                    Listing.list(catalog, all, filters, events.clock().instant())));
        case ImageRequest.Inspect(String reference) ->
            answer(ask, catalog.shown(catalog.find(reference)));
        case ImageRequest.Measure(var ids) -> measure(ask, Contents.of(catalog, shelves, ids));
        case ImageRequest.Tag tag -> tag(catalog, ask, tag);
        case ImageRequest.Remove(String reference, boolean force, boolean noPrune) ->
            remove(catalog, ask, Removal.plan(catalog, reference, force, !noPrune));
        case ImageRequest.Prune(var filters) ->
            remove(
                catalog,
                ask,
                Removal.planAll(
                    catalog, Listing.prunable(catalog, filters, events.clock().instant())));
      };
    } catch (Refused refused) {
      ask.fail(refused.failure());
      return null;
    }
  }

  private static @Nullable CatalogChange answer(Ask<ImageRequest<?>> ask, Object value) {
    ask.answer(value);
    return null;
  }

  /** Manifests are read from the disk. */
  private @Nullable CatalogChange measure(Ask<ImageRequest<?>> ask, Contents contents) {
    CompletableFuture.supplyAsync(contents::measured, blocking)
        .whenComplete((found, failure) -> {
          if (failure == null) {
            ask.answer(new ImageRequest.Measured(found));
          } else {
            ask.fail(Refused.failureOf(failure));
          }
        });
    return null;
  }

  private CatalogChange tag(Catalog catalog, Ask<ImageRequest<?>> ask, ImageRequest.Tag tag) {
    var image = catalog.find(tag.reference());
    var name = Naming.tag(tag.repository(), tag.tag());
    return new CatalogChange(
        catalog,
        catalog.withName(name, image.id()),
        () -> {
          events.happened("tag", image, image.id(), name.familiar());
          ask.answer(new Done());
        },
        ask::fail);
  }

  private CatalogChange remove(Catalog catalog, Ask<ImageRequest<?>> ask, Removal.Plan plan) {
    var chains = ImageStore.unneeded(catalog, plan.after(), Set.of()).chains();
    return new CatalogChange(
        catalog,
        plan.after(),
        () -> {
          plan.happened().forEach(events::removed);
          long bytes = ImageStore.bytes(catalog, chains);
          if (ask.request() instanceof ImageRequest.Prune) {
            events.pruned(bytes);
          }
          ask.answer(new Removed(plan.steps(), bytes));
        },
        ask::fail);
  }

  /** What a transfer brings; refused when it only names an image that is not there. */
  CatalogChange arrival(Catalog catalog, ImageTransfers.Add add) {
    var arrival = add.arrival();
    var after = catalog.with(arrival);
    return new CatalogChange(
        catalog,
        after,
        () -> {
          housekeeping.used(after, List.of(arrival.id()));
          if (!arrival.event().isEmpty()) {
            events.arrived(arrival, after.find(arrival.id()));
          }
          add.replyTo().tell(Outcome.ok(new Done()));
        },
        failure -> add.replyTo().tell(Outcome.failed(failure)));
  }

  /** A container is gone. */
  CatalogChange release(Catalog catalog, ImageUse.Release release) {
    housekeeping.used(catalog, release.container());
    return new CatalogChange(
        catalog,
        catalog.withoutUse(release.container()),
        () -> release.replyTo().tell(Outcome.ok(new Done())),
        failure -> release.replyTo().tell(Outcome.failed(failure)));
  }

  /** These images were written as an archive. */
  void saved(Catalog catalog, List<String> ids) {
    ids.stream()
        .flatMap(id -> Stream.ofNullable(catalog.images().get(id)))
        .forEach(image -> events.happened("save", image, image.id(), image.id()));
  }
}
