package argosy.engine.container.log;

import argosy.engine.container.ContainerStreams.Channel;
import argosy.engine.container.ContainerStreams.LogLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Puts the parts of a line together again, each channel for itself. */
final class LineJoin {
  private static final ByteString NEWLINE = ByteString.fromString("\n");

  /** A line without an end is handed on in pieces of this many bytes. */
  static final int LONGEST = 1 << 20;

  private record Begun(Instant time, ByteString text) {}

  private final Map<Channel, Begun> begun = new EnumMap<>(Channel.class);

  /** The line that is complete now, null when it goes on. */
  @Nullable LogLine add(StoredLine stored) {
    Begun open = begun.remove(stored.channel());
    Instant time = open == null ? stored.time() : open.time();
    ByteString text = open == null ? stored.text() : open.text().concat(stored.text());
    if (!stored.part()) {
      return new LogLine(stored.channel(), time, text.concat(NEWLINE));
    }
    if (text.length() >= LONGEST) {
      return new LogLine(stored.channel(), time, text.compact());
    }
    begun.put(stored.channel(), new Begun(time, text));
    return null;
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
