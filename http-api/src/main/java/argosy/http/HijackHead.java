package argosy.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.util.ByteString;

/** The last words of HTTP on a connection that is handed over, as Docker's daemon says them. */
final class HijackHead {
  /** What RFC 6455, section 1.3, has every server add to the client's key. */
  private static final String WEBSOCKET = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private HijackHead() {}

  static ByteString of(HttpRequest request, String contentType) {
    String upgrade = request.getHeader("Upgrade").map(HttpHeader::value).orElse("");
    if (upgrade.equalsIgnoreCase("websocket")) {
      return webSocket(request);
    }
    return ByteString.fromString(
        upgrade.isEmpty()
            ? "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.raw-stream\r\n\r\n"
            : "HTTP/1.1 101 UPGRADED\r\nContent-Type: %s\r\nConnection: Upgrade\r\nUpgrade: %s\r\n\r\n"
                .formatted(contentType, upgrade));
  }

  /** Where another node speaks WebSocket, its bytes pass through and the answer is that node's. */
  private static ByteString webSocket(HttpRequest request) {
    String key = request.getHeader("Sec-WebSocket-Key").map(HttpHeader::value).orElse("");
    return ByteString.fromString(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n"
            .formatted(accept(key)));
  }

  static String accept(String key) {
    try {
      var sha1 = MessageDigest.getInstance("SHA-1");
      byte[] digest = sha1.digest((key + WEBSOCKET).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
