package argosy.http.flow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import argosy.engine.container.ContainerStreams.Channel;
import argosy.engine.container.ContainerStreams.LogLine;
import argosy.engine.image.ImageStreams.Progress;
import argosy.http.Golden;
import argosy.http.version.ApiVersion;
import java.time.Instant;
import java.util.List;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class FlowTest {
  private static final LogLine LINE =
      new LogLine(
          Channel.STDERR,
          Instant.parse("2026-11-21T17:49:06.427907093Z"),
          ByteString.fromString("hi\n"));

  @Test
  void a_frame_has_eight_bytes_before_it() {
    assertArrayEquals(
        new byte[] {1, 0, 0, 0, 0, 0, 0, 2, 'h', 'i'},
        Frames.frame(Channel.STDOUT, ByteString.fromString("hi")).toArray());
    var big = Frames.frame(Channel.STDERR, ByteString.fromArray(new byte[0x12345]));
    assertArrayEquals(new byte[] {2, 0, 0, 0, 0, 1, 0x23, 0x45}, big.slice(0, 8).toArray());
  }

  @Test
  void a_log_line_starts_with_what_was_asked_for() {
    assertEquals("hi\n", new LogText(true, false, null).of(List.of(LINE)).utf8String());
    assertEquals(
        "2026-11-21T17:49:06.427907093Z a=b hi\n",
        new LogText(true, true, "a=b").of(List.of(LINE)).utf8String());
    var framed = new LogText(false, true, null).of(List.of(LINE));
    assertEquals(2, framed.apply(0));
    assertEquals(34, framed.apply(7));
    assertEquals("2026-11-21T17:49:06.427907093Z hi\n", framed.drop(8).utf8String());
  }

  @Test
  void streams_have_the_name_that_the_version_knows() {
    var old = new ApiVersion(1, 41);
    assertEquals(ContentTypes.NO_CONTENT_TYPE, MediaTypes.logs(false, old));
    assertEquals(MediaTypes.MULTIPLEXED, MediaTypes.logs(false, ApiVersion.NEWEST).toString());
    assertEquals(MediaTypes.RAW, MediaTypes.logs(true, ApiVersion.NEWEST).toString());
    assertEquals(MediaTypes.RAW, MediaTypes.hijacked(false, old));
    assertEquals(MediaTypes.MULTIPLEXED, MediaTypes.hijacked(false, ApiVersion.NEWEST));
  }

  @Test
  void progress_lines() {
    Golden.same(
        "{\"status\":\"Downloading\",\"progressDetail\":{\"current\":1,\"total\":2},\"id\":\"ab\"}",
        ProgressText.line(Progress.of("ab", "Downloading", 1, 2)));
    Golden.same(
        "{\"status\":\"Pulling fs layer\",\"progressDetail\":{},\"id\":\"ab\"}",
        ProgressText.line(Progress.of("ab", "Pulling fs layer")));
    Golden.same("{\"status\":\"Digest: x\"}", ProgressText.line(Progress.status("Digest: x")));
    Golden.same(
        "{\"errorDetail\":{\"message\":\"no\"},\"error\":\"no\"}",
        ProgressText.line(Progress.error("no")));
    Golden.same("{\"stream\":\"a\\n\"}", ProgressText.line(Progress.stream("a\n")));
  }
}
