package argosy.engine.protocol;

import java.time.Duration;

/**
 * One question or order to an engine, as pure data: it can be handled here or travel to another
 * node unchanged. Each noun has its own sealed family of them.
 *
 * @param <R> what a good answer holds
 */
public interface Request<R> {
  /** The class of {@code R}, by which an answer from another node is read. */
  Class<R> reply();

  /** How long the asker waits for the answer before it calls the engine unreachable. */
  default Duration patience() {
    return Duration.ofSeconds(60);
  }
}
