package argosy.engine.image.transfer;

import argosy.engine.disk.Blobs;
import argosy.engine.disk.Layers;
import argosy.engine.registry.Registries;
import java.time.InstantSource;

/** What a transfer works with: where things come from and where they go. */
public record Shelves(
    Blobs blobs,
    Layers layers,
    Packings packings,
    Registries registries,
    Traffic traffic,
    InstantSource clock) {}
