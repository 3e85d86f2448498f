package argosy.engine.disk;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** A blob that is being written: others read what is there of it, and wait for the rest. */
public final class Arriving {
  private final Path file;
  private long there;
  private boolean ended;
  private boolean failed;
  private boolean known;

  Arriving(Path file) {
    this.file = file;
  }

  synchronized void more(long bytes) {
    there += bytes;
    notifyAll();
  }

  /** {@code known}: there was a blob of these bytes already. */
  synchronized void end(boolean known) {
    this.known = known;
    ended = true;
    notifyAll();
  }

  /** Unless it is at its end. */
  synchronized void fail() {
    failed |= !ended;
    notifyAll();
  }

  /** Whether there was a blob of these bytes already; told at its end. */
  public synchronized boolean known() {
    return known;
  }

  /**
   * Its bytes from the first on, each as soon as it is there. A failure of the writer is one of the
   * reader; closing the stream, from any thread, ends its waiting.
   */
  public InputStream follow() throws IOException {
    return new Follower(new FileInputStream(file.toFile()));
  }

  private final class Follower extends InputStream {
    private final FileInputStream in;
    private long position;
    private boolean closed;

    Follower(FileInputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      long available = available(position);
      if (available == 0) {
        return -1;
      }
      int read = in.read(bytes, offset, (int) Math.min(length, available));
      position += Math.max(0, read);
      return read;
    }

    private long available(long position) throws IOException {
      synchronized (Arriving.this) {
        while (there <= position && !ended && !failed && !closed) {
          waitForMore();
        }
        if (failed || closed) {
          throw new IOException("the blob does not come");
        }
        return there - position;
      }
    }

    @Override
    public void close() throws IOException {
      synchronized (Arriving.this) {
        closed = true;
        Arriving.this.notifyAll();
      }
      in.close();
    }
  }

  private synchronized void waitForMore() throws IOException {
    try {
      wait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a blob comes", e);
    }
  }
}
