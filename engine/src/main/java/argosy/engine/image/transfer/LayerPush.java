package argosy.engine.image.transfer;

import argosy.engine.disk.Blobs;
import argosy.engine.disk.Counted;
import argosy.engine.disk.Digest;
import argosy.engine.image.ImageStreams.Progress;
import argosy.engine.image.manifest.Descriptor;
import argosy.engine.image.store.StoredImage;
import argosy.engine.registry.Destination;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Sends an image's layers, a few beside each other; what the registry has is left alone. They go as
 * they came; only plain ones are packed, since nobody wants to carry those.
 */
final class LayerPush {
  private static final int SHORT = 12;

  private final Shelves shelves;
  private final Destination destination;
  private final Origins origins;
  private final Executor blocking;
  private final Intake intake;
  private final Consumer<Progress> report;

  LayerPush(
      Shelves shelves,
      Destination destination,
      Origins origins,
      Executor blocking,
      Intake intake,
      Consumer<Progress> report) {
    this.shelves = shelves;
    this.destination = destination;
    this.origins = origins;
    this.blocking = blocking;
    this.intake = intake;
    this.report = report;
  }

  /** A layer as its image brought it, and the bytes there are of it now; often the same. */
  record Held(StoredImage.Layer original, StoredImage.Layer present) {}

  /**
   * Both lowest first; the answer is what was sent of each. They go as Docker lists them, the
   * topmost first. A failure or an interrupt stops all that still run.
   */
  List<Descriptor> push(List<Held> layers, List<String> diffIds) {
    Map<String, FutureTask<Descriptor>> uploads = new LinkedHashMap<>();
    for (int i = layers.size() - 1; i >= 0; i--) {
      var layer = layers.get(i);
      String id = Digest.parse(diffIds.get(i)).hex().substring(0, SHORT);
      report.accept(Progress.of(id, "Preparing"));
      uploads.putIfAbsent(layer.original().blob(), new FutureTask<>(() -> send(layer, id)));
    }
    try {
      uploads.values().forEach(blocking::execute);
      var sent = new ArrayList<Descriptor>();
      for (Held layer : layers) {
        sent.add(await(Objects.requireNonNull(uploads.get(layer.original().blob()))));
      }
      return sent;
    } finally {
      uploads.values().forEach(upload -> upload.cancel(true));
    }
  }

  private Descriptor send(Held held, String id) throws InterruptedException {
    Semaphore slots = shelves.traffic().uploads();
    if (!slots.tryAcquire()) {
      report.accept(Progress.of(id, "Waiting"));
      slots.acquire();
    }
    try {
      var original = whole(held.original());
      // what is not here may be there: then the image goes on as it came
      boolean asItCame =
          !held.original().equals(held.present())
              && !isPlain(held.original())
              && isThere(original, held.original(), id);
      return asItCame ? original : send(held.present(), id);
    } finally {
      slots.release();
    }
  }

  private static boolean isPlain(StoredImage.Layer layer) {
    return layer.mediaType().endsWith(".tar");
  }

  private static Descriptor whole(StoredImage.Layer layer) {
    return new Descriptor(layer.mediaType(), Digest.parse(layer.blob()), layer.size());
  }

  private Descriptor send(StoredImage.Layer layer, String id) {
    var blob = Digest.parse(layer.blob());
    if (!isPlain(layer)) {
      var whole = whole(layer);
      return isThere(whole, layer, id) ? whole : upload(whole, id);
    }
    String type = layer.mediaType() + "+gzip";
    var known =
        shelves
            .packings()
            .known(blob)
            .map(packed -> new Descriptor(type, packed.digest(), packed.size()));
    if (known.isPresent()) {
      intake.hold(List.of(known.get().digest().toString()));
      if (isThere(known.get(), layer, id)) {
        return known.get();
      }
    }
    var packed = shelves.packings().pack(blob);
    intake.hold(List.of(packed.digest().toString()));
    var fresh = new Descriptor(type, packed.digest(), packed.size());
    return known.filter(fresh::equals).isEmpty() && isThere(fresh, layer, id)
        ? fresh
        : upload(fresh, id);
  }

  /** Whether the registry has it, in this repository or in one it can be taken over from. */
  private boolean isThere(Descriptor sent, StoredImage.Layer layer, String id) {
    String digest = sent.digest().toString();
    if (destination.has(digest)) {
      report.accept(Progress.of(id, "Layer already exists"));
      return true;
    }
    for (String path : origins.of(layer.blob())) {
      if (destination.mount(digest, path)) {
        report.accept(Progress.of(id, "Mounted from " + path));
        return true;
      }
    }
    return false;
  }

  private Descriptor upload(Descriptor layer, String id) {
    long size = layer.size();
    destination.upload(
        layer.digest().toString(),
        size,
        offset -> {
          var pace =
              new Pace(sent -> report.accept(Progress.of(id, "Pushing", offset + sent, size)));
          return new Counted(content(shelves.blobs(), layer.digest()).from(offset), pace);
        });
    report.accept(Progress.of(id, "Pushing", size, size));
    report.accept(Progress.of(id, "Pushed"));
    return layer;
  }

  static Destination.Content content(Blobs blobs, Digest digest) {
    return offset -> {
      var in = blobs.open(digest);
      in.skipNBytes(offset);
      return in;
    };
  }

  private static Descriptor await(FutureTask<Descriptor> upload) {
    try {
      return upload.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("the push was cancelled"));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    }
  }
}
