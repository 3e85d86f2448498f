package argosy.engine.image.transfer;

import argosy.engine.disk.Arriving;
import argosy.engine.disk.Blobs;
import argosy.engine.disk.Digest;
import argosy.engine.image.ImageStreams.Progress;
import argosy.engine.image.manifest.Descriptor;
import argosy.engine.registry.Repository;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * The layers that are on their way here: each once, however many pulls want it, and only so many at
 * the same time over all pulls.
 */
public final class Downloads {
  private final Semaphore slots;
  private final Map<Digest, Download> running = new HashMap<>();

  /** {@code atOnce}: how many layers are downloaded at the same time. */
  public Downloads(int atOnce) {
    this.slots = new Semaphore(atOnce, true);
  }

  /**
   * Brings a layer into the store, or waits for somebody else's download of it and hears the same.
   * An interrupt ends the waiting, and with the last that waits the download.
   *
   * @param report hears where the layer stands
   * @param blocking where a download runs
   * @param reader is told of the blob when its bytes come, to read along
   */
  Unpacked.Blob fetch(
      Blobs blobs,
      Repository repository,
      Descriptor layer,
      Consumer<Progress> report,
      Executor blocking,
      Consumer<Arriving> reader)
      throws InterruptedException {
    while (true) {
      Download download;
      boolean mine;
      synchronized (running) {
        var other = running.get(layer.digest());
        mine = other == null;
        download = other == null ? new Download(blobs, repository, layer, slots) : other;
        running.put(layer.digest(), download);
        download.join(report);
      }
      try {
        download.read(reader);
        if (mine) {
          blocking.execute(download);
        }
        return download.await();
      } catch (RuntimeException e) {
        if (mine) {
          throw e;
        }
        // it failed for another client, with other credentials or from another place
      } finally {
        leave(download, report);
      }
    }
  }

  private void leave(Download download, Consumer<Progress> report) {
    synchronized (running) {
      if (download.leave(report) || download.isDone()) {
        running.remove(download.digest(), download);
      }
    }
  }
}
