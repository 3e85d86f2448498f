package argosy.engine.event;

import argosy.engine.disk.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last events in memory and, as JSON lines, on disk, so that {@code events --since} outlives
 * the daemon. Bounded: so many events and so many bytes of them are kept, and the file is started
 * anew (its predecessor kept once) when it holds as much. A write that fails costs the history,
 * never the event. Not for more than one thread.
 */
public final class Journal {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  private final Path file;
  private final Bounds bounds;
  private final Deque<Kept> kept = new ArrayDeque<>();
  private @Nullable OutputStream out;
  private Bounds held = Bounds.NOTHING;
  private Bounds written = Bounds.NOTHING;

  /** How much: events, and bytes of their lines. */
  public record Bounds(int events, long bytes) {
    static final Bounds NOTHING = new Bounds(0, 0);

    private Bounds plus(int eventsMore, long bytesMore) {
      return new Bounds(events + eventsMore, bytes + bytesMore);
    }

    private boolean exceeds(Bounds other) {
      return events > other.events || bytes > other.bytes;
    }
  }

  private record Kept(Event event, int bytes) {}

  private Journal(Path file, Bounds bounds) {
    this.file = file;
    this.bounds = bounds;
  }

  /** Reads what an earlier daemon left; lines that were cut by a crash are let pass. */
  public static Journal open(Path file, Bounds bounds) {
    var journal = new Journal(file, bounds);
    journal.read(previous(file));
    journal.written = journal.read(file);
    journal.openForAppend();
    return journal;
  }

  /** Keeps an event; it is with the kernel when this returns, so a killed daemon loses none. */
  public void append(Event event) {
    byte[] line = line(event);
    keep(event, line.length);
    if (written.events() > 0 && written.plus(1, line.length).exceeds(bounds)) {
      startAnew();
    }
    write(line);
  }

  private static byte[] line(Event event) {
    try {
      return (Json.mapper().writeValueAsString(event) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event that is not JSON: " + event, e);
    }
  }

  /** Kept events at or after an instant, oldest first. */
  public List<Event> since(Instant since) {
    return kept.stream().map(Kept::event).filter(event -> !event.time().isBefore(since)).toList();
  }

  private void keep(Event event, int bytes) {
    held = held.plus(1, bytes);
    kept.addLast(new Kept(event, bytes));
    while (kept.size() > 1 && held.exceeds(bounds)) {
      held = held.plus(-1, -kept.removeFirst().bytes());
    }
  }

  private Bounds read(Path from) {
    if (!Files.exists(from)) {
      return Bounds.NOTHING;
    }
    var count = Bounds.NOTHING;
    // damage may be of any kind, so bytes that are no text are let pass too
    try (var lines = Files.lines(from, StandardCharsets.ISO_8859_1)) {
      for (String line : (Iterable<String>) lines::iterator) {
        byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
        count = count.plus(readLine(bytes) ? 1 : 0, bytes.length + 1L);
      }
    } catch (IOException e) {
      LOG.warn("the event journal {} can not be read, its events are lost: {}", from, e.toString());
    }
    return count;
  }

  private boolean readLine(byte[] line) {
    if (line.length == 0) {
      return false;
    }
    try {
      keep(Json.mapper().readValue(line, Event.class), line.length + 1);
      return true;
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("a line of the event journal is not readable: {}", e.toString());
      return false;
    }
  }

  private void write(byte[] line) {
    if (out == null) {
      return;
    }
    try {
      out.write(line);
      written = written.plus(1, line.length);
    } catch (IOException e) {
      LOG.warn("the event journal {} can not be written: {}", file, e.toString());
    }
  }

  private void openForAppend() {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      out.write('\n');
    } catch (IOException e) {
      LOG.warn("events are kept in memory only, {} can not be opened: {}", file, e.toString());
    }
  }

  private void startAnew() {
    try {
      if (out != null) {
        out.close();
      }
      Files.move(file, previous(file), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warn("the event journal {} can not be rotated: {}", file, e.toString());
    }
    written = Bounds.NOTHING;
    openForAppend();
  }

  private static Path previous(Path file) {
    return file.resolveSibling(file.getFileName() + ".1");
  }
}
