package argosy.engine.container.files;

import java.io.IOException;

/**
 * Something done with a container's files, on a platform thread of its own that ends with it.
 *
 * @param <T> what a good answer holds
 */
@FunctionalInterface
public interface FileWork<T> {
  /** Blocks until it is done, which may be long after it has answered. */
  void run(FileSite site, Asker<T> asker) throws IOException;

  /** Whoever asked for it. */
  interface Asker<T> {
    /** Gives the answer; once. */
    void answer(T value);

    /** Tells the journal. */
    void happened(String action);
  }
}
