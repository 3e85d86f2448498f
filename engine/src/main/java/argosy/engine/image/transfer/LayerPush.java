package argosy.engine.image.transfer;

import argosy.engine.disk.Blobs;
import argosy.engine.disk.Counted;
import argosy.engine.disk.Digest;
import argosy.engine.image.ImageStreams.Progress;
import argosy.engine.image.manifest.Descriptor;
import argosy.engine.registry.Destination;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Sends an image's layers, a few beside each other; what the registry has is left alone. */
final class LayerPush {
  /** Docker's own number. */
  private static final int AT_ONCE = 5;

  private static final int SHORT = 12;

  private final Shelves shelves;
  private final Destination destination;
  private final Origins origins;
  private final Executor blocking;
  private final Consumer<Progress> report;
  private final Semaphore slots = new Semaphore(AT_ONCE);

  LayerPush(
      Shelves shelves,
      Destination destination,
      Origins origins,
      Executor blocking,
      Consumer<Progress> report) {
    this.shelves = shelves;
    this.destination = destination;
    this.origins = origins;
    this.blocking = blocking;
    this.report = report;
  }

  /** Both lowest first. A failure or an interrupt stops all that still run. */
  void push(List<Descriptor> layers, List<String> diffIds) {
    Map<Digest, FutureTask<Boolean>> uploads = new LinkedHashMap<>();
    for (int i = 0; i < layers.size(); i++) {
      var layer = layers.get(i);
      String id = Digest.parse(diffIds.get(i)).hex().substring(0, SHORT);
      report.accept(Progress.of(id, "Preparing"));
      uploads.putIfAbsent(layer.digest(), new FutureTask<>(() -> send(layer, id)));
    }
    try {
      uploads.values().forEach(blocking::execute);
      for (FutureTask<Boolean> upload : uploads.values()) {
        await(upload);
      }
    } finally {
      uploads.values().forEach(upload -> upload.cancel(true));
    }
  }

  /** True when bytes had to be sent. */
  private boolean send(Descriptor layer, String id) throws InterruptedException {
    if (!slots.tryAcquire()) {
      report.accept(Progress.of(id, "Waiting"));
      slots.acquire();
    }
    try {
      String digest = layer.digest().toString();
      if (destination.has(digest)) {
        report.accept(Progress.of(id, "Layer already exists"));
        return false;
      }
      for (String path : origins.of(digest)) {
        if (destination.mount(digest, path)) {
          report.accept(Progress.of(id, "Mounted from " + path));
          return false;
        }
      }
      upload(layer, id);
      return true;
    } finally {
      slots.release();
    }
  }

  private void upload(Descriptor layer, String id) {
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
  }

  static Destination.Content content(Blobs blobs, Digest digest) {
    return offset -> {
      var in = blobs.open(digest);
      in.skipNBytes(offset);
      return in;
    };
  }

  private static void await(FutureTask<Boolean> upload) {
    try {
      upload.get();
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
