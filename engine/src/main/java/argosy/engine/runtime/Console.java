package argosy.engine.runtime;

/** One connection to a process's streams. Methods may block; none may be called after close. */
public interface Console extends AutoCloseable {
  /** Writes to stdin; blocks while the process does not read. */
  void write(byte[] bytes, int offset, int length);

  /** The end of stdin, where the monitor can pass it on. */
  void endInput();

  @Override
  void close();

  /**
   * Where output arrives, in order, on one thread of the driver's. The call must come back soon; a
   * listener that wants no more for now answers false and later calls {@link Console#resume}.
   */
  interface Listener {
    /** {@code stderr} is never true with a TTY. The buffer is the listener's to keep. */
    boolean output(boolean stderr, byte[] bytes);

    /** No more output: the process ended or the monitor closed the connection. */
    void closed();
  }

  /** Goes on after a listener answered false. */
  void resume();
}
