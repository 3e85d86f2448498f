package argosy.cli.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DetachKeysTest {
  private static boolean typed(DetachKeys keys, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return keys.typed(bytes, bytes.length);
  }

  @Test
  void the_sequence_counts_only_as_the_last_that_was_typed() {
    DetachKeys keys = DetachKeys.parse("");
    assertFalse(typed(keys, "abc\020"));
    assertTrue(typed(keys, "\021"));
    assertFalse(typed(keys, "d"));
    assertTrue(typed(keys, "long text\020\021"));
    assertFalse(typed(keys, "\021"));
  }

  @Test
  void users_choose_their_own() {
    DetachKeys keys = DetachKeys.parse("ctrl-a,x,ctrl-]");
    assertFalse(typed(keys, "\001"));
    assertFalse(typed(keys, "x"));
    assertTrue(typed(keys, "\035"));
    for (String wrong : new String[] {"ctrl-", "ctrl-é", "ab", "a,,b"}) {
      assertThrows(IllegalArgumentException.class, () -> DetachKeys.parse(wrong), wrong);
    }
    assertEquals(true, typed(DetachKeys.parse("q"), "q"));
  }
}
