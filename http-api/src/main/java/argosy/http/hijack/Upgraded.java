package argosy.http.hijack;

import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * What another daemon answered when its connection stopped being HTTP. Both streams must be run,
 * once, within ten seconds; otherwise the connection is closed.
 */
public record Upgraded(
    String contentType, Source<ByteString, ?> output, Sink<ByteString, ?> input) {}
