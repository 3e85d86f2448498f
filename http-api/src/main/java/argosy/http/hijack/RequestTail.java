package argosy.http.hijack;

import org.apache.pekko.util.ByteString;

/**
 * What the HTTP layer swallowed of the request in flight. A client may send its first raw bytes
 * right behind the request, before it is told that the connection was handed over; they are found
 * here.
 */
final class RequestTail {
  private static final int LIMIT = 256 * 1024;
  private static final ByteString BLANK_LINE = ByteString.fromString("\r\n\r\n");
  private static final ByteString CONTINUE = ByteString.fromString("HTTP/1.1 100");

  private ByteString seen = ByteString.emptyByteString();
  private boolean tooLong;

  void seen(ByteString bytes) {
    tooLong |= seen.size() + bytes.size() > LIMIT;
    seen = tooLong ? ByteString.emptyByteString() : seen.concat(bytes);
  }

  /** The request was answered, so that what follows belongs to the next one. */
  void answered(ByteString bytes) {
    if (!bytes.startsWith(CONTINUE, 0)) {
      seen = ByteString.emptyByteString();
      tooLong = false;
    }
  }

  /** The bytes behind the request's head and body. */
  ByteString beyond(long bodyLength) {
    int head = seen.indexOfSlice(BLANK_LINE);
    if (bodyLength < 0 || head < 0) {
      return ByteString.emptyByteString();
    }
    var all = seen;
    seen = ByteString.emptyByteString();
    return all.drop((int) Math.min(all.size(), head + BLANK_LINE.size() + bodyLength));
  }
}
