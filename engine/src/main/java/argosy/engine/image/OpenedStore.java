package argosy.engine.image;

import argosy.engine.disk.Blobs;
import argosy.engine.disk.Layers;
import argosy.engine.image.store.Catalog;
import argosy.engine.image.store.ImageStore;
import argosy.engine.image.store.LastUse;
import argosy.engine.image.transfer.Packings;
import argosy.engine.image.transfer.Shelves;
import argosy.engine.image.transfer.Traffic;
import argosy.engine.registry.Registries;
import java.time.InstantSource;

/** The image store as it was found on disk at start. */
record OpenedStore(ImageStore store, Shelves shelves, Catalog catalog, LastUse lastUse) {

  /** Reads it and removes what a crash left behind; blocks. */
  static OpenedStore open(ImageSettings settings, InstantSource clock) {
    var blobs = new Blobs(settings.dataRoot().resolve("blobs"));
    var layers = new Layers(settings.dataRoot().resolve("layers"));
    var registries = new Registries(settings.registries());
    var store = new ImageStore(settings.dataRoot(), blobs, layers);
    var catalog = store.load();
    var packings = new Packings(settings.dataRoot().resolve("packings"), blobs);
    var traffic = Traffic.of(settings.registries());
    return new OpenedStore(
        store,
        new Shelves(blobs, layers, packings, registries, traffic, clock),
        catalog,
        store.lastUse());
  }
}
