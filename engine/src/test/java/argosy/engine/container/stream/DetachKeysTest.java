package argosy.engine.container.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.failure.Refused;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class DetachKeysTest {
  private static ByteString bytes(int... values) {
    byte[] array = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      array[i] = (byte) values[i];
    }
    return ByteString.fromArray(array);
  }

  @Test
  void the_keys_across_reads() {
    var keys = DetachKeys.parse(null);
    var first = keys.feed(bytes('a', 16));
    assertEquals(bytes('a'), first.passed());
    assertFalse(first.detached());
    assertTrue(keys.feed(bytes(17)).detached());
  }

  @Test
  void half_of_them_goes_through() {
    var keys = DetachKeys.parse("ctrl-p,q");
    assertEquals(bytes(), keys.feed(bytes(16)).passed());
    assertEquals(bytes(16, 'x'), keys.feed(bytes('x')).passed());
    assertEquals(bytes(16), keys.feed(bytes(16, 16)).passed());
    assertTrue(keys.feed(bytes('q')).detached());
  }

  @Test
  void what_is_no_key() {
    assertThrows(Refused.class, () -> DetachKeys.parse("ctrl-pp"));
    assertThrows(Refused.class, () -> DetachKeys.parse("a,,b"));
    DetachKeys.parse("ctrl-@,ctrl-[,a");
  }

  @Test
  void refusals_name_all_the_keys_in_docker_s_words() {
    var attach = assertThrows(Refused.class, () -> DetachKeys.parse("foo,bar"));
    assertEquals("Invalid detach keys (foo,bar) provided", attach.getMessage());
    var exec = assertThrows(Refused.class, () -> DetachKeys.ofExec("ctrl-$"));
    assertEquals("Invalid escape keys (ctrl-$) provided", exec.getMessage());
  }
}
