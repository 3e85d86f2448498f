package argosy.engine.container.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.container.ContainerStreams.LogLine;
import argosy.engine.container.ContainerStreams.LogQuery;
import argosy.engine.spec.ContainerSpec.LogSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredLogTest {
  @TempDir Path directory;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final LogWatch watch = new LogWatch(threads);
  private final CompletableFuture<Void> rests = CompletableFuture.completedFuture(null);

  @AfterEach
  void close() {
    watch.close();
    threads.close();
  }

  private Path log() {
    return directory.resolve("container.log");
  }

  private void write(String... lines) throws IOException {
    for (String line : lines) {
      Files.writeString(log(), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }

  private static String at(int second, String rest) {
    return "2026-11-21T17:49:%02d.000000001+01:00 %s".formatted(second, rest);
  }

  private static LogQuery query(boolean follow, long tail) {
    return new LogQuery(follow, true, true, null, null, tail);
  }

  private LogCursor cursor(LogQuery query, CompletableFuture<Void> rest) {
    return new LogCursor(new LogFiles(log()), query, rest, watch, InstantSource.system());
  }

  private List<String> read(LogQuery query) throws Exception {
    var texts = new ArrayList<String>();
    try (var cursor = cursor(query, rests)) {
      for (var batch = cursor.next(); !batch.isEmpty(); batch = cursor.next()) {
        batch.stream().map(LogLine::text).forEach(text -> texts.add(text.utf8String()));
      }
    }
    return texts;
  }

  @Test
  void parts_are_joined_and_an_open_end_is_kept() throws Exception {
    write(
        at(1, "stdout P hel"),
        at(1, "stderr F oops"),
        at(2, "stdout F lo"),
        at(3, "stdout F "),
        "torn",
        at(4, "stdout P $ "));
    assertEquals(List.of("oops\n", "hello\n", "\n", "$ "), read(query(false, -1)));
  }

  @Test
  void what_was_torn_off_is_read_and_does_not_spoil_what_comes_after() throws Exception {
    write(at(1, "stdout F one"));
    Files.writeString(log(), at(2, "stdout F tw"), StandardOpenOption.APPEND);
    assertEquals(List.of("one\n", "tw"), read(query(false, -1)));
    assertEquals(List.of("tw"), read(query(false, 1)));
    new LogFiles(log()).mend();
    new LogFiles(log()).mend();
    write(at(3, "stdout F three"));
    assertEquals(List.of("one\n", "tw\n", "three\n"), read(query(false, -1)));
    Files.writeString(log(), "2026-11-21T17:4", StandardOpenOption.APPEND);
    assertEquals(List.of("one\n", "tw\n", "three\n"), read(query(false, -1)));
    new LogFiles(log()).mend();
    write(at(4, "stdout F four"));
    assertEquals(List.of("one\n", "tw\n", "three\n", "four\n"), read(query(false, -1)));
    new LogFiles(directory.resolve("none")).mend();
    assertTrue(Files.notExists(directory.resolve("none")));
  }

  @Test
  void files_that_move_up_while_they_are_read_leave_no_gap() throws Exception {
    int last = 80;
    write(at(1, "stdout F 0"));
    var writer =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 1; i < last; i++) {
                rotate();
                append(i);
              }
            },
            threads);
    int seen = 0;
    while (seen < last) {
      var lines = read(query(false, -1));
      for (int i = 0; i < lines.size(); i++) {
        assertEquals(i + "\n", lines.get(i));
      }
      var tail = read(query(false, 1));
      assertTrue(Integer.parseInt(tail.getFirst().strip()) >= lines.size() - 1, tail.toString());
      seen = lines.size();
    }
    writer.join();
  }

  private void rotate() {
    try {
      new LogFiles(log()).rotate(new LogLimits(1, 1000), () -> {});
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void append(int number) {
    try {
      write(at(1, "stdout F " + number));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void the_last_lines_are_found_from_the_end() throws Exception {
    write(
        at(1, "stdout F one"), at(2, "stdout P tw"), at(2, "stdout F o"), at(3, "stdout F three"));
    assertEquals(List.of("three\n"), read(query(false, 1)));
    assertEquals(List.of("two\n", "three\n"), read(query(false, 2)));
    assertEquals(List.of("one\n", "two\n", "three\n"), read(query(false, 3)));
    assertEquals(List.of("one\n", "two\n", "three\n"), read(query(false, 99)));
    assertEquals(List.of(), read(query(false, 0)));
  }

  @Test
  void a_long_tail_crosses_blocks_and_files() throws Exception {
    var lines = new ArrayList<String>();
    for (int i = 0; i < 3000; i++) {
      lines.add(at(1, "stdout F line " + i + " " + "x".repeat(60)));
    }
    write(lines.toArray(String[]::new));
    Files.move(log(), directory.resolve("container.log.1"));
    write(at(2, "stdout F last"));
    var tail = read(query(false, 2001));
    assertEquals(2001, tail.size());
    assertTrue(tail.getFirst().startsWith("line 1000 "));
    assertEquals("last\n", tail.getLast());
  }

  @Test
  void since_and_until_and_channel() throws Exception {
    write(at(1, "stdout F one"), at(2, "stderr F two"), at(3, "stdout F three"));
    assertEquals(List.of("two\n"), read(between("16:49:02", "16:49:03")));
    assertEquals(List.of("two\n"), read(new LogQuery(false, false, true, null, null, -1)));
  }

  private static LogQuery between(@Nullable String since, @Nullable String until) {
    return new LogQuery(
        false,
        true,
        true,
        since == null ? null : Instant.parse("2026-11-21T" + since + "Z"),
        until == null ? null : Instant.parse("2026-11-21T" + until + "Z"),
        -1);
  }

  @Test
  void following_survives_rotation() throws Exception {
    write(at(1, "stdout F one"));
    var rest = new CompletableFuture<Void>();
    try (var cursor = cursor(query(true, -1), rest)) {
      assertEquals("one\n", cursor.next().getFirst().text().utf8String());
      var next = CompletableFuture.supplyAsync(() -> text(cursor), threads);
      write(at(2, "stdout F two"));
      assertEquals("two\n", next.get());
      var files = new LogFiles(log());
      assertTrue(
          files.rotate(
              new LogLimits(10, 2),
              () -> assertTrue(Files.exists(directory.resolve("container.log.1")))));
      Files.writeString(
          directory.resolve("container.log.1"),
          at(3, "stdout F late\n"),
          StandardOpenOption.APPEND);
      var late = CompletableFuture.supplyAsync(() -> text(cursor), threads);
      assertEquals("late\n", late.get());
      write(at(4, "stdout F new"));
      assertEquals("new\n", text(cursor));
      var end = CompletableFuture.supplyAsync(() -> text(cursor), threads);
      rest.complete(null);
      cursor.wake();
      assertEquals("", end.get());
    }
  }

  private static String text(LogCursor cursor) {
    try {
      var batch = cursor.next();
      return batch.isEmpty() ? "" : batch.getFirst().text().utf8String();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void limits_are_read_in_docker_s_words() {
    assertEquals(new LogLimits(100L << 20, 5), LogLimits.of(new LogSpec("json-file", Map.of())));
    assertEquals(
        new LogLimits(10_240, 3),
        LogLimits.of(new LogSpec("json-file", Map.of("max-size", "10k", "max-file", "3"))));
  }
}
