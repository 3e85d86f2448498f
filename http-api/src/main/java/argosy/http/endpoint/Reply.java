package argosy.http.endpoint;

import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** What a handler gives back. */
public sealed interface Reply {
  /**
   * An ordinary answer. A streamed entity is cut by the server when the client goes away, so the
   * handler need not watch for that.
   */
  record Http(HttpResponse response) implements Reply {}

  /**
   * The connection stops being HTTP: after {@code 101 UPGRADED} (or {@code 200 OK} when the client
   * did not ask to upgrade) raw bytes flow both ways, each half ending by itself.
   */
  record Hijack(String contentType, Source<ByteString, ?> output, Sink<ByteString, ?> input)
      implements Reply {}
}
