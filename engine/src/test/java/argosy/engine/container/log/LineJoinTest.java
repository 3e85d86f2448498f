package argosy.engine.container.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import argosy.engine.container.ContainerStreams.Channel;
import argosy.engine.container.ContainerStreams.LogLine;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LineJoinTest {
  private static final Instant FIRST = Instant.parse("2026-11-21T16:49:01.000000001Z");
  private static final Instant SECOND = Instant.parse("2026-11-21T16:49:02Z");

  private static StoredLine line(Instant time, boolean part, int bytes) {
    var text = ByteString.fromString("x".repeat(bytes) + (part ? "" : "\n"));
    return new StoredLine(Channel.STDOUT, time, part, text);
  }

  private static List<LogLine> join(StoredLine... stored) {
    var join = new LineJoin();
    var lines = new ArrayList<LogLine>();
    for (var each : stored) {
      join.add(each, lines::add);
    }
    lines.addAll(join.rest());
    return lines;
  }

  private static List<Integer> lengths(List<LogLine> lines) {
    return lines.stream().map(line -> line.text().length()).toList();
  }

  @Test
  void a_long_line_comes_in_pieces_of_sixteen_kibibytes_that_lose_no_byte() {
    assertEquals(
        List.of(16384, 16384, 7233),
        lengths(
            join(
                line(FIRST, true, 8192),
                line(FIRST, true, 8192),
                line(FIRST, true, 8192),
                line(FIRST, true, 8192),
                line(FIRST, false, 7232))));
    assertEquals(
        List.of(16384, 117), lengths(join(line(FIRST, true, 16400), line(FIRST, true, 101))));
    assertEquals(List.of(16385), lengths(join(line(FIRST, false, 16384))));
  }

  @Test
  void a_piece_has_the_time_of_its_first_byte() {
    var lines = join(line(FIRST, true, 16384), line(SECOND, true, 10), line(FIRST, false, 1));
    assertEquals(List.of(FIRST, SECOND), lines.stream().map(LogLine::time).toList());
  }

  @Test
  void stamps_of_one_second_and_of_others_are_read() {
    var stamps = new StoredStamps();
    assertEquals(FIRST, read(stamps, "2026-11-21T17:49:01.000000001+01:00"));
    assertEquals(FIRST.plusNanos(41), read(stamps, "2026-11-21T17:49:01.000000042+01:00"));
    assertEquals(SECOND, read(stamps, "2026-11-21T17:49:02.000000000+01:00"));
    assertEquals(SECOND, read(stamps, "2026-11-21T16:49:02.000000000+00:00"));
    assertEquals(SECOND, read(stamps, "2026-11-21T16:49:02.000000000Z"));
    assertNull(read(stamps, "2026-11-21T16:49:02.00000x000Z"));
    assertNull(read(stamps, "torn"));
  }

  private static @Nullable Instant read(StoredStamps stamps, String text) {
    byte[] bytes = (" " + text + " ").getBytes(StandardCharsets.US_ASCII);
    return stamps.read(bytes, 1, bytes.length - 1);
  }
}
