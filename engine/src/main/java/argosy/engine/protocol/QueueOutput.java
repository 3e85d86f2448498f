package argosy.engine.protocol;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletionException;
import org.apache.pekko.stream.QueueOfferResult;
import org.apache.pekko.stream.javadsl.SourceQueueWithComplete;
import org.apache.pekko.util.ByteString;

/**
 * The writing end of a stream for a thread that may block: it waits while nobody reads, and is
 * woken by a reader that goes away. Pekko's own output stream leaves such a writer waiting. Each
 * write is an element: put a buffer before it.
 */
public final class QueueOutput extends OutputStream {
  private final SourceQueueWithComplete<ByteString> queue;

  /** {@code queue}: with back-pressure. */
  public QueueOutput(SourceQueueWithComplete<ByteString> queue) {
    this.queue = queue;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return;
    }
    try {
      var offered = queue.offer(ByteString.fromArray(bytes, offset, length));
      if (offered.toCompletableFuture().join() != QueueOfferResult.enqueued()) {
        throw new IOException("the reader is gone");
      }
    } catch (CompletionException | IllegalStateException e) {
      throw new IOException("the reader is gone", e);
    }
  }

  /** The reader sees the end once it has read all before it. */
  @Override
  public void close() {
    queue.complete();
  }
}
