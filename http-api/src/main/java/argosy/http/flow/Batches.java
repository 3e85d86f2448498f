package argosy.http.flow;

import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.util.ByteString;

/** Puts small pieces together while the client is not ready for more. */
public final class Batches {
  private static final long BYTES = 64 << 10;

  private Batches() {}

  public static Flow<ByteString, ByteString, NotUsed> flow() {
    return Flow.of(ByteString.class)
        .batchWeighted(BYTES, bytes -> (long) bytes.size(), bytes -> bytes, ByteString::concat);
  }
}
