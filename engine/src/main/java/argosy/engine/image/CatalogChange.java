package argosy.engine.image;

import argosy.engine.failure.Failure;
import argosy.engine.image.store.Catalog;
import argosy.engine.image.store.ImageStore;
import argosy.engine.image.store.ImageStore.Unneeded;
import argosy.engine.image.store.LastUse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** A change of the catalog on its way to the disk, and what follows it. */
record CatalogChange(Catalog before, Catalog after, Runnable done, Consumer<Failure> failed) {

  /** The catalog stays as it is; for the sake of what nothing needs. */
  static CatalogChange none(Catalog catalog) {
    return new CatalogChange(catalog, catalog, () -> {}, _ -> {});
  }

  /** Writes it, and then deletes what no image needs any more. */
  CompletableFuture<Void> save(
      ImageStore store, Unneeded unneeded, Optional<LastUse> uses, Executor blocking) {
    return CompletableFuture.runAsync(
        () -> {
          store.save(before, after);
          uses.ifPresent(store::save);
          store.drop(unneeded, blocking);
        },
        blocking);
  }
}
