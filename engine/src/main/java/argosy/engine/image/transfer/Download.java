package argosy.engine.image.transfer;

import argosy.engine.disk.Arriving;
import argosy.engine.disk.Blobs;
import argosy.engine.disk.Digest;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.image.ImageStreams.Progress;
import argosy.engine.image.manifest.Descriptor;
import argosy.engine.registry.Repository;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One layer on its way here, and all who wait for it. */
final class Download implements Runnable {
  private final Blobs blobs;
  private final Repository repository;
  private final Descriptor layer;
  private final Semaphore slots;
  private final FutureTask<Unpacked.Blob> task = new FutureTask<>(this::bring);
  private final List<Consumer<Progress>> listeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<Arriving>> readers = new ArrayList<>();
  private volatile @Nullable Progress last;
  private @Nullable Arriving arriving;

  /** {@code slots}: has to be had while bytes come. */
  Download(Blobs blobs, Repository repository, Descriptor layer, Semaphore slots) {
    this.blobs = blobs;
    this.repository = repository;
    this.layer = layer;
    this.slots = slots;
  }

  Digest digest() {
    return layer.digest();
  }

  /** Who joins late hears at once where it stands. */
  void join(Consumer<Progress> listener) {
    listeners.add(listener);
    var line = last;
    if (line != null) {
      listener.accept(line);
    }
  }

  /** {@code reader} is told of the blob when its bytes come, at once where they do already. */
  synchronized void read(Consumer<Arriving> reader) {
    readers.add(reader);
    if (arriving != null) {
      reader.accept(arriving);
    }
  }

  private synchronized void arrives(Arriving blob) {
    arriving = blob;
    readers.forEach(reader -> reader.accept(blob));
  }

  /** True when nobody is left; then it is given up. */
  boolean leave(Consumer<Progress> listener) {
    listeners.remove(listener);
    if (listeners.isEmpty()) {
      task.cancel(true);
    }
    return listeners.isEmpty();
  }

  boolean isDone() {
    return task.isDone();
  }

  Unpacked.Blob await() throws InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void run() {
    task.run();
  }

  private Unpacked.Blob bring() throws InterruptedException {
    if (blobs.has(layer.digest())) {
      say("Download complete");
      return new Unpacked.Blob(layer.digest(), layer.mediaType(), blobs.size(layer.digest()));
    }
    if (!slots.tryAcquire()) {
      say("Waiting");
      slots.acquire();
    }
    try (var in = new Bounded(repository.blob(digest().toString(), this::waits), layer.size())) {
      var pace =
          new Pace(
              read -> tell(Progress.of(digest().shortHex(), "Downloading", read, layer.size())));
      var stored = blobs.put(in, layer.digest(), pace, this::arrives);
      say("Verifying Checksum");
      say("Download complete");
      return new Unpacked.Blob(stored.digest(), layer.mediaType(), stored.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      slots.release();
    }
  }

  private void waits(Duration time) {
    long seconds = Math.max(1, time.toSeconds());
    say("Retrying in %d second%s".formatted(seconds, seconds == 1 ? "" : "s"));
  }

  private void say(String status) {
    tell(Progress.of(digest().shortHex(), status));
  }

  private void tell(Progress line) {
    last = line;
    listeners.forEach(listener -> listener.accept(line));
  }

  /** More bytes than were announced are a lie, which is not read to its end. */
  private static final class Bounded extends FilterInputStream {
    private long left;

    Bounded(InputStream in, long size) {
      super(in);
      this.left = size;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = in.read(buffer, offset, length);
      left -= Math.max(read, 0);
      if (left < 0) {
        throw new Refused(
            new Failure.Invalid("the registry sends more of a layer than its manifest says"));
      }
      return read;
    }
  }
}
