package argosy.http.plain;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Writes answers as HTTP/1.1 (RFC 9112). */
public final class AnswerText {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);
  private static final ByteString LINE_END = ByteString.fromString("\r\n");
  private static final ByteString LAST_CHUNK = ByteString.fromString("0\r\n\r\n");

  /** Formatting a date takes longer than all the rest of a head. */
  private record Stamp(long second, String text) {}

  private static volatile Stamp stamp = new Stamp(-1, "");

  private final String server;

  /** {@code server}: what the Server header says. */
  public AnswerText(String server) {
    this.server = server;
  }

  /** A strict answer, whole. */
  public ByteString whole(HttpResponse response, boolean headOnly, boolean last, Instant now) {
    var head = head(response, last, now);
    var entity = (HttpEntity.Strict) response.entity();
    if (!response.status().allowsEntity()) {
      return ByteString.fromString(head.append("\r\n").toString());
    }
    head.append("Content-Length: ").append(entity.getData().size()).append("\r\n\r\n");
    var bytes = ByteString.fromString(head.toString(), StandardCharsets.UTF_8);
    return headOnly ? bytes : bytes.concat(entity.getData());
  }

  /** A streamed answer, after which the connection ends; its head is the first element. */
  public Source<ByteString, ?> streamed(HttpResponse response, boolean headOnly, Instant now) {
    var head = head(response, true, now);
    HttpEntity entity = response.entity();
    boolean chunked = entity.isChunked();
    if (chunked) {
      head.append("Transfer-Encoding: chunked\r\n");
    } else if (entity.getContentLengthOption().isPresent()) {
      head.append("Content-Length: ")
          .append(entity.getContentLengthOption().getAsLong())
          .append("\r\n");
    }
    var first = Source.single(ByteString.fromString(head.append("\r\n").toString()));
    Source<ByteString, ?> data = headOnly ? Source.empty() : entity.getDataBytes();
    return chunked && !headOnly
        ? first.concat(
            data.filter(bytes -> !bytes.isEmpty())
                .map(AnswerText::chunk)
                .concat(Source.single(LAST_CHUNK)))
        : first.concat(data);
  }

  private static ByteString chunk(ByteString bytes) {
    return ByteString.fromString(Integer.toHexString(bytes.size()) + "\r\n")
        .concat(bytes)
        .concat(LINE_END);
  }

  private StringBuilder head(HttpResponse response, boolean last, Instant now) {
    var head =
        new StringBuilder(256)
            .append("HTTP/1.1 ")
            .append(response.status().intValue())
            .append(' ')
            .append(response.status().reason())
            .append("\r\n");
    for (HttpHeader header : response.getHeaders()) {
      head.append(header.name()).append(": ").append(header.value()).append("\r\n");
    }
    head.append("Server: ").append(server).append("\r\nDate: ").append(date(now)).append("\r\n");
    if (last) {
      head.append("Connection: close\r\n");
    }
    var type = response.entity().getContentType();
    if (response.status().allowsEntity() && !type.equals(ContentTypes.NO_CONTENT_TYPE)) {
      head.append("Content-Type: ").append(type).append("\r\n");
    }
    return head;
  }

  private static String date(Instant now) {
    Stamp known = stamp;
    if (known.second() != now.getEpochSecond()) {
      known = new Stamp(now.getEpochSecond(), DATE.format(now));
      stamp = known;
    }
    return known.text();
  }
}
