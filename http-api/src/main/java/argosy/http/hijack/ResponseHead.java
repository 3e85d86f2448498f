package argosy.http.hijack;

import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.pekko.util.ByteString;

/** The head of an answer, read only as far as needed to tell whether raw bytes follow it. */
record ResponseHead(int status, String headers) {
  private static final ByteString BLANK_LINE = ByteString.fromString("\r\n\r\n");
  private static final Pattern CONTENT_TYPE =
      Pattern.compile("^content-type:[ \\t]*([^\\r\\n]*)", Pattern.MULTILINE);

  /** How many bytes the head has, blank line included; -1 while it is not complete. */
  static int length(ByteString bytes) {
    int end = bytes.indexOfSlice(BLANK_LINE);
    return end < 0 ? -1 : end + BLANK_LINE.size();
  }

  static ResponseHead read(ByteString head) {
    var text = head.decodeString("ISO-8859-1");
    int space = text.indexOf(' ');
    var status = text.length() >= space + 4 ? text.substring(space + 1, space + 4) : "";
    return new ResponseHead(
        status.matches("\\d{3}") ? Integer.parseInt(status) : 0, text.toLowerCase(Locale.ROOT));
  }

  /** 101, or Docker's old way: a raw stream without any framing. */
  boolean raw() {
    return status == 101
        || status == 200
            && contentType().startsWith("application/vnd.docker.")
            && !headers.contains("\r\ncontent-length:")
            && !headers.contains("\r\ntransfer-encoding:");
  }

  boolean provisional() {
    return status >= 100 && status < 200 && status != 101;
  }

  String contentType() {
    var match = CONTENT_TYPE.matcher(headers);
    return match.find() ? match.group(1).strip() : "";
  }
}
