package argosy.http.flow;

import argosy.engine.container.ContainerStreams.LogLine;
import argosy.http.answer.TimeText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Log lines as a client asked for them.
 *
 * @param tty raw lines instead of frames
 * @param timestamps each line starts with its time
 * @param details what {@code --details} puts before a line, null without it
 */
public record LogText(boolean tty, boolean timestamps, @Nullable String details) {
  private static final int ROOM = 72 * 1024;

  /** All of them, in one piece. */
  public ByteString of(List<LogLine> lines) {
    var all = new ByteArrayOutputStream(ROOM);
    byte[] known = details == null ? new byte[0] : (details + " ").getBytes(StandardCharsets.UTF_8);
    for (LogLine line : lines) {
      byte[] stamp = timestamps ? stamp(line) : new byte[0];
      byte[] text = line.text().toArrayUnsafe();
      if (!tty) {
        all.writeBytes(Frames.head(line.channel(), stamp.length + known.length + text.length));
      }
      all.writeBytes(stamp);
      all.writeBytes(known);
      all.writeBytes(text);
    }
    return ByteString.fromArrayUnsafe(all.toByteArray());
  }

  private static byte[] stamp(LogLine line) {
    return (TimeText.stamp(line.time()) + " ").getBytes(StandardCharsets.ISO_8859_1);
  }
}
