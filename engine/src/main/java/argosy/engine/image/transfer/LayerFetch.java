package argosy.engine.image.transfer;

import argosy.engine.disk.Digest;
import argosy.engine.disk.Layers;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.image.ImageStreams.Progress;
import argosy.engine.image.manifest.Descriptor;
import argosy.engine.image.store.StoredImage;
import argosy.engine.registry.Repository;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings an image's layers: they are downloaded beside each other, each is unpacked while it comes
 * and kept in its turn, and what is here already is left alone.
 */
final class LayerFetch {
  private final Shelves shelves;
  private final Repository repository;
  private final Executor blocking;
  private final Consumer<Progress> report;
  private final Semaphore unpacking = new Semaphore(Runtime.getRuntime().availableProcessors() + 1);
  private final Map<Digest, FutureTask<Unpacked.Blob>> downloads = new LinkedHashMap<>();
  private final Map<Digest, EarlyDraft> drafts = new ConcurrentHashMap<>();

  LayerFetch(Shelves shelves, Repository repository, Executor blocking, Consumer<Progress> report) {
    this.shelves = shelves;
    this.repository = repository;
    this.blocking = blocking;
    this.report = report;
  }

  /** Both lowest first. An interrupt or a failure stops all that still runs. */
  List<StoredImage.Layer> fetch(List<Descriptor> layers, List<Digest> diffIds) {
    if (layers.size() != diffIds.size()) {
      throw new Refused(
          new Failure.Invalid(
              "the manifest has %d layers, the configuration %d"
                  .formatted(layers.size(), diffIds.size())));
    }
    var chain = Digest.chain(diffIds);
    try {
      start(layers, chain);
      var unpacked = new ArrayList<StoredImage.Layer>();
      for (int i = 0; i < layers.size(); i++) {
        unpacked.add(unpack(layers.get(i), diffIds.get(i), chain.get(i)));
      }
      return unpacked;
    } finally {
      downloads.values().forEach(download -> download.cancel(true));
      drafts.values().forEach(EarlyDraft::abandon);
    }
  }

  private void start(List<Descriptor> layers, List<Digest> chain) {
    for (int i = 0; i < layers.size(); i++) {
      var layer = layers.get(i);
      if (shelves.layers().has(chain.get(i))) {
        say(layer, "Already exists");
      } else if (!downloads.containsKey(layer.digest())) {
        say(layer, "Pulling fs layer");
        downloads.put(layer.digest(), new FutureTask<>(() -> download(layer)));
        drafts.put(layer.digest(), draft(layer));
      }
    }
    downloads.values().forEach(blocking::execute);
  }

  private Unpacked.Blob download(Descriptor layer) throws InterruptedException {
    return shelves
        .traffic()
        .downloads()
        .fetch(
            shelves.blobs(),
            repository,
            layer,
            report,
            blocking,
            Objects.requireNonNull(drafts.get(layer.digest()))::begin);
  }

  /** How far it is unpacked is told once it is here. */
  private EarlyDraft draft(Descriptor layer) {
    var extracting =
        new Pace(read -> report.accept(shown(layer, "Extracting", read, layer.size())));
    return new EarlyDraft(
        shelves.layers(),
        unpacking,
        blocking,
        read -> {
          var download = downloads.get(layer.digest());
          if (download != null && download.isDone()) {
            extracting.accept(read);
          }
        });
  }

  private StoredImage.Layer unpack(Descriptor layer, Digest diffId, Digest chain) {
    if (shelves.layers().has(chain) && !downloads.containsKey(layer.digest())) {
      var there = new Unpacked.Blob(layer.digest(), layer.mediaType(), layer.size());
      return Unpacked.layer(shelves, there, diffId, chain, _ -> {});
    }
    var blob = await(layer);
    var pace = new Pace(read -> report.accept(shown(layer, "Extracting", read, blob.size())));
    var early = early(layer);
    var unpacked = Unpacked.layer(shelves, blob, diffId, chain, pace, early);
    report.accept(shown(layer, "Extracting", blob.size(), blob.size()));
    say(layer, "Pull complete");
    return unpacked;
  }

  private Layers.@Nullable Draft early(Descriptor layer) {
    try {
      return Objects.requireNonNull(drafts.get(layer.digest())).take().orElse(null);
    } catch (InterruptedException e) {
      throw cancelled();
    }
  }

  private static UncheckedIOException cancelled() {
    Thread.currentThread().interrupt();
    return new UncheckedIOException(new InterruptedIOException("the pull was cancelled"));
  }

  private Unpacked.Blob await(Descriptor layer) {
    try {
      return Objects.requireNonNull(downloads.get(layer.digest())).get();
    } catch (InterruptedException e) {
      throw cancelled();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    }
  }

  private void say(Descriptor layer, String status) {
    report.accept(Progress.of(layer.digest().shortHex(), status));
  }

  private static Progress shown(Descriptor layer, String status, long current, long total) {
    return Progress.of(layer.digest().shortHex(), status, current, total);
  }
}
