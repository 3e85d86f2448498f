package argosy.engine.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import argosy.engine.failure.Refused;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The sentences are dockerd's. */
class LocalOptionsTest {
  @Test
  void type_and_device_are_what_is_mounted() {
    assertEquals(
        Optional.of(new LocalOptions("tmpfs", "tmpfs", "size=1m")),
        LocalOptions.of(Map.of("type", "tmpfs", "device", "tmpfs", "o", "size=1m")));
    assertEquals(Optional.empty(), LocalOptions.of(Map.of()));
    assertEquals(Optional.empty(), LocalOptions.of(Map.of("size", "0")));
  }

  @Test
  void what_is_missing_or_unknown_is_refused() {
    refused("create v: invalid option: \"foo\"", Map.of("foo", "bar"));
    refused("create v: missing required option: \"device\"", Map.of("type", "tmpfs"));
    refused("create v: missing required option: \"type\"", Map.of("device", "tmpfs"));
    refused("create v: missing required option: \"device\"", Map.of("o", "bind"));
    refused(
        "create v: port not allowed in CIFS device URL, include 'port' in 'o='",
        Map.of("type", "cifs", "device", "//server:99/x"));
  }

  @Test
  void a_size_needs_a_quota_which_there_is_not() {
    refused("create v: quota size requested but no quota support", Map.of("size", "10m"));
    refused("create v: invalid size: 'xx'", Map.of("size", "xx"));
    LocalOptions.check("v", Map.of("size", "0"));
  }

  private static void refused(String sentence, Map<String, String> options) {
    var refused = assertThrows(Refused.class, () -> LocalOptions.check("v", options));
    assertEquals(sentence, refused.failure().message());
  }
}
