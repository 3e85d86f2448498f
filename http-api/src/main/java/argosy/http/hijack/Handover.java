package argosy.http.hijack;

import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * A connection that stops being HTTP.
 *
 * @param head the last words of HTTP, blank line included
 * @param bodyLength bytes of the request's body; what the client sent beyond it is input already;
 *     -1 when unknown, and then nothing counts as sent beyond it
 * @param output raw bytes to the client; the connection ends when it ends
 * @param input raw bytes from the client; ends when the client ends its half
 */
public record Handover(
    ByteString head, long bodyLength, Source<ByteString, ?> output, Sink<ByteString, ?> input) {}
