package argosy.http.flow;

import argosy.engine.container.ContainerStreams.LogLine;
import argosy.http.answer.TimeText;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A log line as a client asked for it.
 *
 * @param tty raw lines instead of frames
 * @param timestamps each line starts with its time
 * @param details what {@code --details} puts before a line, null without it
 */
public record LogText(boolean tty, boolean timestamps, @Nullable String details) {

  public ByteString of(LogLine line) {
    var prefix = new StringBuilder();
    if (timestamps) {
      prefix.append(TimeText.stamp(line.time())).append(' ');
    }
    if (details != null) {
      prefix.append(details).append(' ');
    }
    var text =
        prefix.isEmpty()
            ? line.text()
            : ByteString.fromString(prefix.toString()).concat(line.text());
    return tty ? text : Frames.frame(line.channel(), text);
  }
}
