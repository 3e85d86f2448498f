package argosy.engine.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The freezer of cgroup v1 among processes that do not stand still at once. */
class FreezerV1Test {
  private final List<String> asked = new ArrayList<>();

  @Test
  void one_that_waits_for_its_frozen_threads_is_let_go_until_they_have_ended() {
    freezer(() -> letGo() && asked.getLast().equals("FROZEN")).freeze(Duration.ofSeconds(20));
    assertEquals("FROZEN", asked.getFirst());
    assertEquals("FROZEN", asked.getLast());
    assertTrue(asked.indexOf("THAWED") > 30, "not let go at once: " + asked);
  }

  @Test
  void one_that_forked_meanwhile_is_asked_again() {
    freezer(() -> asked.size() > 3).freeze(Duration.ofSeconds(20));
    assertFalse(letGo());
  }

  @Test
  void those_that_never_stand_still_run_on() {
    assertThrows(
        IllegalStateException.class, () -> freezer(() -> false).freeze(Duration.ofMillis(30)));
    assertEquals("THAWED", asked.getLast());
  }

  private boolean letGo() {
    return asked.contains("THAWED");
  }

  private FreezerV1 freezer(java.util.function.BooleanSupplier isFrozen) {
    return new FreezerV1(isFrozen, asked::add);
  }
}
