package argosy.engine.container.log;

import argosy.engine.container.ContainerStreams.Channel;
import argosy.engine.container.ContainerStreams.LogLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.pekko.util.ByteString;

/**
 * Puts the parts of a line together again, each channel for itself. A long line is handed on in
 * pieces of {@link #PIECE} bytes, each with its own time, as dockerd stores them.
 */
final class LineJoin {
  /** The longest piece of a line, in bytes: the size of the buffer dockerd reads output with. */
  static final int PIECE = 16 * 1024;

  private record Begun(Instant time, ByteString text) {}

  private final Map<Channel, Begun> begun = new EnumMap<>(Channel.class);

  /** Hands on the pieces that are complete now. */
  void add(StoredLine stored, Consumer<LogLine> into) {
    Begun open = begun.isEmpty() ? null : begun.remove(stored.channel());
    Instant time = open == null ? stored.time() : open.time();
    ByteString text = open == null ? stored.text() : open.text().concat(stored.text());
    // a line's own newline is not counted: 16384 bytes and their end are one piece
    int end = stored.part() ? 0 : 1;
    while (text.length() - end > PIECE || stored.part() && text.length() == PIECE) {
      into.accept(new LogLine(stored.channel(), time, text.take(PIECE).compact()));
      text = text.drop(PIECE);
      time = stored.time();
    }
    if (!stored.part()) {
      into.accept(new LogLine(stored.channel(), time, text.compact()));
    } else if (!text.isEmpty()) {
      begun.put(stored.channel(), new Begun(time, text));
    }
  }

  /** Whether a line has begun. */
  boolean isOpen() {
    return !begun.isEmpty();
  }

  /** What was begun and never ended. */
  List<LogLine> rest() {
    var rest = new ArrayList<LogLine>();
    begun.forEach((channel, open) -> rest.add(new LogLine(channel, open.time(), open.text())));
    begun.clear();
    return rest;
  }
}
