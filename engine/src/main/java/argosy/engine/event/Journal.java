package argosy.engine.event;

import argosy.engine.disk.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedOutputStream;
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
 * the daemon. Bounded twice: {@code capacity} events are kept, and the file is started anew (its
 * predecessor kept once) when it holds that many. A write that fails costs the history, never the
 * event. Not for more than one thread.
 */
public final class Journal {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  private final Path file;
  private final int capacity;
  private final Deque<Event> kept = new ArrayDeque<>();
  private @Nullable OutputStream out;
  private int lines;

  private Journal(Path file, int capacity) {
    this.file = file;
    this.capacity = capacity;
  }

  /** Reads what an earlier daemon left; lines that were cut by a crash are let pass. */
  public static Journal open(Path file, int capacity) {
    var journal = new Journal(file, capacity);
    journal.read(previous(file));
    journal.lines = journal.read(file);
    journal.openForAppend();
    return journal;
  }

  /** Keeps an event; it is with the kernel when this returns, so a killed daemon loses none. */
  public void append(Event event) {
    keep(event);
    if (lines >= capacity) {
      startAnew();
    }
    write(event);
  }

  /** Kept events at or after an instant, oldest first. */
  public List<Event> since(Instant since) {
    return kept.stream().filter(event -> !event.time().isBefore(since)).toList();
  }

  private void keep(Event event) {
    if (kept.size() >= capacity) {
      kept.removeFirst();
    }
    kept.addLast(event);
  }

  private int read(Path from) {
    if (!Files.exists(from)) {
      return 0;
    }
    int count = 0;
    try {
      for (String line : Files.readString(from, StandardCharsets.UTF_8).split("\n")) {
        count += readLine(line) ? 1 : 0;
      }
    } catch (IOException e) {
      LOG.warn("the event journal {} can not be read, its events are lost: {}", from, e.toString());
    }
    return count;
  }

  private boolean readLine(String line) {
    if (line.isBlank()) {
      return false;
    }
    try {
      keep(Json.mapper().readValue(line, Event.class));
      return true;
    } catch (JsonProcessingException e) {
      LOG.warn("a line of the event journal is not readable: {}", e.getOriginalMessage());
      return false;
    }
  }

  private void write(Event event) {
    if (out == null) {
      return;
    }
    try {
      out.write(Json.mapper().writeValueAsBytes(event));
      out.write('\n');
      out.flush();
      lines++;
    } catch (IOException e) {
      LOG.warn("the event journal {} can not be written: {}", file, e.toString());
    }
  }

  private void openForAppend() {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      out =
          new BufferedOutputStream(
              Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
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
    lines = 0;
    openForAppend();
  }

  private static Path previous(Path file) {
    return file.resolveSibling(file.getFileName() + ".1");
  }
}
