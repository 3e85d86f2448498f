package argosy.engine.image.transfer;

import argosy.engine.disk.Blobs;
import argosy.engine.disk.Layers;
import java.time.InstantSource;

/** Where a transfer puts what it brings. */
public record Shelves(Blobs blobs, Layers layers, InstantSource clock) {}
