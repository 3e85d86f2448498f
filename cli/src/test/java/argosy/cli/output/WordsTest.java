package argosy.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spans, sizes and moments. */
class WordsTest {
  private static final ZoneId UTC = ZoneOffset.UTC;
  private static final Instant NOW = Instant.parse("2026-01-02T15:04:05Z");

  @ParameterizedTest
  @CsvSource({
    "0, Less than a second",
    "1, 1 second",
    "59, 59 seconds",
    "60, About a minute",
    "150, 2 minutes",
    "3600, About an hour",
    "7300, 2 hours",
    "259200, 3 days",
    "1814400, 3 weeks",
    "7776000, 3 months",
    "94608000, 3 years"
  })
  void spans(long seconds, String words) {
    assertEquals(words, Span.words(Duration.ofSeconds(seconds)));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0B, 0B",
    "999, 999B, 999B",
    "1024, 1.02kB, 1KiB",
    "4261550, 4.26MB, 4.064MiB",
    "25276305408, 25.3GB, 23.54GiB",
    "142000000, 142MB, 135.4MiB"
  })
  void sizes(double bytes, String decimal, String binary) {
    assertEquals(decimal, Size.decimal(bytes));
    assertEquals(binary, Size.binary(bytes));
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "1767366245, 1767366245",
    "1767366245.5, 1767366245.5",
    "10m, 1767365645.000000000",
    "1h30m, 1767360845.000000000",
    "500ms, 1767366244.500000000",
    "2026-01-02T15:04:05Z, 1767366245.000000000",
    "2026-01-02T16:04:05.25+01:00, 1767366245.250000000",
    "2026-01-02T15:04:05, 1767366245.000000000",
    "2026-01-02, 1767312000.000000000"
  })
  void moments_as_the_api_takes_them(String text, String parameter) {
    assertEquals(parameter, Moment.parameter(text, NOW, UTC));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "10x", "2026-13-01", "2026-01-02T", "m"})
  void what_is_no_time_is_refused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Moment.parameter(text, NOW, UTC));
  }

  @Test
  void moments_as_people_read_them() {
    Instant moment = NOW.plusNanos(120_000_000);
    assertEquals("2026-01-02T15:04:05.120000000Z", Moment.exact(moment, UTC));
    assertEquals("2026-01-02 15:04:05 +0000 UTC", Moment.listed(moment));
  }
}
