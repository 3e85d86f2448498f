package argosy.engine.image;

import argosy.engine.failure.Failure;
import argosy.engine.image.store.Catalog;
import argosy.engine.image.store.ImageStore;
import argosy.engine.image.store.ImageStore.Unneeded;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** A change of the catalog on its way to the disk, and what follows it. */
record CatalogChange(Catalog before, Catalog after, Runnable done, Consumer<Failure> failed) {

  /** Writes it, and then deletes what no image needs any more. */
  CompletableFuture<Void> save(ImageStore store, Unneeded unneeded, Executor blocking) {
    return CompletableFuture.runAsync(
        () -> {
          store.save(before, after);
          store.drop(unneeded, blocking);
        },
        blocking);
  }
}
