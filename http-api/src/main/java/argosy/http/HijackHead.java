package argosy.http;

import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.util.ByteString;

/** The last words of HTTP on a connection that is handed over, as Docker's daemon says them. */
final class HijackHead {
  private HijackHead() {}

  static ByteString of(HttpRequest request, String contentType) {
    var text =
        request
            .getHeader("Upgrade")
            .map(header ->
                "HTTP/1.1 101 UPGRADED\r\nContent-Type: %s\r\nConnection: Upgrade\r\nUpgrade: %s\r\n\r\n"
                    .formatted(contentType, header.value()))
            .orElse("HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.raw-stream\r\n\r\n");
    return ByteString.fromString(text);
  }
}
