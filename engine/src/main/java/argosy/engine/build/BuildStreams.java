package argosy.engine.build;

import argosy.engine.failure.Outcome;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Builds on this host; another node's are reached over its own connection. */
public interface BuildStreams {
  /**
   * Builds an image. What is wrong before the first step is an outcome, later it is the last line.
   * Cancelling the lines ends the build.
   *
   * @param context a tar, plain or packed
   */
  CompletionStage<Outcome<Source<BuildLine, NotUsed>>> build(
      Source<ByteString, ?> context, BuildOptions options);

  /** Removes directories of RUN --mount=type=cache that no build uses now. */
  CompletionStage<Outcome<Caches.Pruned>> prune(CachePrune order);

  /** The directories of RUN --mount=type=cache. */
  CompletionStage<Outcome<List<BuildCache>>> caches();
}
