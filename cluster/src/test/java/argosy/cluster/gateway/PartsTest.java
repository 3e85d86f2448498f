package argosy.cluster.gateway;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartsTest {
  @Test
  void anyLengthArrivesWindowByWindow() {
    for (int length : new int[] {0, 1, Parts.SIZE, Parts.SIZE + 1, Parts.SIZE * 8, 3_000_001}) {
      byte[] bytes = new byte[length];
      new Random(length).nextBytes(bytes);
      assertArrayEquals(bytes, travel(bytes));
    }
  }

  private static byte[] travel(byte[] bytes) {
    var parts = new Parts(true, bytes, 0);
    var assembly = new Assembly();
    while (!parts.done()) {
      for (Parts.Piece piece : parts.window()) {
        assertTrue(piece.bytes().length <= Parts.SIZE);
        assertTrue(assembly.add(piece.to(1, parts)));
      }
      parts = parts.afterWindow();
      assertEquals(!parts.done(), assembly.wantsMore());
    }
    assertTrue(assembly.complete());
    return assembly.bytes();
  }

  @Test
  void aLostPartIsNoticed() {
    var assembly = new Assembly();
    assertTrue(assembly.add(new Caller.Part(1, 0, 3, true, new byte[0])));
    assertFalse(assembly.add(new Caller.Part(1, 2, 3, true, new byte[0])));
  }

  @Test
  void aClaimHoldsUntilItIsReleasedOrOver() {
    Instant now = Instant.EPOCH;
    Claims claims = Claims.NONE.with("web", "a", now);
    assertFalse(claims.free("web", "b", now));
    assertTrue(claims.free("web", "a", now));
    assertTrue(claims.free("db", "b", now));
    assertFalse(claims.without("web", "b").free("web", "b", now), "not its own");
    assertTrue(claims.without("web", "a").free("web", "b", now));
    assertTrue(claims.free("web", "b", now.plus(Claims.LIFE)));
  }
}
