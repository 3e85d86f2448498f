package argosy.engine.image;

import argosy.engine.image.store.Budget;
import argosy.engine.image.store.Catalog;
import argosy.engine.image.store.ImageStore.Unneeded;
import argosy.engine.image.store.LastUse;
import argosy.engine.image.store.Removal;
import argosy.engine.image.store.StoredImage;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the image store tidy: remembers when images were used, finds what nothing needs any more,
 * and which images are over the budget.
 */
final class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

  /**
   * How old a file without an owner must be before it counts as left over: who has just written it
   * is about to hold it.
   */
  private static final Duration YOUNG = Duration.ofMinutes(10);

  private final Budget budget;
  private final ImageEvents events;
  private LastUse uses = LastUse.NONE;
  private boolean unsaved;

  Housekeeping(Budget budget, ImageEvents events) {
    this.budget = budget;
    this.events = events;
  }

  /** What was remembered before the last restart. */
  void remember(LastUse before) {
    before.times().forEach((image, time) -> uses = uses.with(image, time));
  }

  /** These were used just now; what is no image's id is left aside. */
  void used(Catalog catalog, Collection<String> ids) {
    Instant now = events.clock().instant();
    for (String id : ids) {
      if (catalog.images().containsKey(id)) {
        uses = uses.with(id, now);
        unsaved = true;
      }
    }
  }

  /** A container that uses its image. */
  void used(Catalog catalog, String container) {
    var use = catalog.users().get(container);
    if (use != null) {
      used(catalog, List.of(use.image()));
    }
  }

  /**
   * What is to be written together with the catalog. Without a budget the next survey is soon
   * enough: no container waits for it.
   */
  Optional<LastUse> urgentNews() {
    return hasBudget() ? news() : Optional.empty();
  }

  private Optional<LastUse> news() {
    var news = unsaved ? Optional.of(uses) : Optional.<LastUse>empty();
    unsaved = false;
    return news;
  }

  /**
   * Goes through the disk on {@code blocking}: deletes what is half made, and answers which layers
   * and blobs nothing needs, going by this catalog.
   */
  CompletableFuture<Unneeded> survey(OpenedStore opened, Catalog catalog, Executor blocking) {
    uses = uses.within(catalog);
    var news = news();
    Instant old = events.clock().instant().minus(YOUNG);
    return CompletableFuture.supplyAsync(
        () -> {
          news.ifPresent(opened.store()::save);
          int swept = opened.store().sweep();
          if (swept > 0) {
            LOG.info("{} half-made layers and blobs that nobody worked on were deleted", swept);
          }
          return opened.store().strays(catalog, old);
        },
        blocking);
  }

  /** What of it nothing needs now either. */
  Unneeded unneeded(Unneeded found, Catalog catalog, Set<String> held) {
    var left = found.without(held).without(catalog.chains()).without(catalog.blobs());
    if (!left.isEmpty()) {
      LOG.info(
          "{} layers and {} blobs that no image needs are deleted",
          left.chains().size(),
          left.blobs().size());
    }
    return left;
  }

  /** Whether anything is ever over the budget. */
  boolean hasBudget() {
    return budget.bytes() > 0;
  }

  /** The removal of what is over the budget, if anything is. */
  Optional<CatalogChange> overdue(Catalog catalog, Set<String> held) {
    var doomed = budget.overdue(catalog, uses, held, events.clock().instant());
    if (doomed.isEmpty()) {
      return Optional.empty();
    }
    var plan = Removal.planAll(catalog, doomed);
    long freed = Budget.taken(catalog) - Budget.taken(plan.after());
    return Optional.of(
        new CatalogChange(
            catalog,
            plan.after(),
            () -> tell(plan, catalog, freed),
            failure -> LOG.error("images over the budget can not be removed: {}", failure)));
  }

  private void tell(Removal.Plan plan, Catalog before, long freed) {
    for (Removal.Happened one : plan.happened()) {
      if (one.action().equals("delete")) {
        StoredImage image = one.image();
        LOG.info(
            "the image {} {} was removed: not used since {}, and images take more than their {} bytes",
            image.id(),
            before.shown(image).tags(),
            uses.of(image),
            budget.bytes());
        events.evicted(image, uses.of(image));
      } else {
        events.removed(one);
      }
    }
    LOG.info("{} bytes were freed to keep images to their budget", freed);
  }
}
