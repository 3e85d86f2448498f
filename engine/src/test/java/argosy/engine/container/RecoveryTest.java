package argosy.engine.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.container.Lifecycle.Ended;
import argosy.engine.network.Sandbox;
import argosy.engine.runtime.ContainerRuntime.Exit;
import argosy.engine.runtime.ContainerRuntime.Observed;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every instant at which the daemon can have died, and what is made of it. */
class RecoveryTest {
  private static final Instant THEN = Instant.parse("2026-11-21T11:00:00Z");
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Sandbox SANDBOX = new Sandbox("c", "/ns", List.of(), List.of(), List.of());
  private static final Ended ENDED = new Ended(THEN, THEN, 2, false, "", false);
  private static final Observed RUNS = new Observed.Running(7, false, true);
  private static final Observed ENDS = new Observed.Ended(new Exit(5, true));

  private static Recovery of(Lifecycle life, Observed seen, Sandbox sandbox) {
    return Recovery.of(new ContainerState(life, 1, sandbox, null), seen, NOW);
  }

  private static Recovery of(Lifecycle life, Observed seen) {
    return of(life, seen, SANDBOX);
  }

  @Test
  void it_still_runs() {
    var known = new Lifecycle.Running(7, THEN);
    assertEquals(known, of(known, RUNS).state().life());
    assertEquals(SANDBOX, of(known, RUNS).state().sandbox());
    var paused = new Observed.Running(7, true, true);
    assertEquals(new Lifecycle.Paused(7, THEN), of(known, paused).state().life());
    var stopping = new Lifecycle.Stopping(7, THEN);
    assertEquals(stopping, of(stopping, RUNS).state().life());
  }

  @Test
  void it_was_started_and_that_was_not_written_down() {
    var recovery = of(new Lifecycle.Created(), RUNS);
    assertEquals(new Lifecycle.Running(7, NOW), recovery.state().life());
    assertEquals(
        new Lifecycle.Exited(new Ended(NOW, NOW, 5, true, "", false)),
        of(new Lifecycle.Exited(ENDED), ENDS).state().life());
  }

  @Test
  void its_end_was_seen_by_nobody() {
    var recovery = of(new Lifecycle.Running(7, THEN), new Observed.Ended(Exit.UNKNOWN));
    var ended = ((Lifecycle.Exited) recovery.state().life()).ended();
    assertEquals(255, ended.code());
    assertTrue(ended.error().contains("nobody saw it end"));
    assertTrue(recovery.ended());
  }

  @Test
  void it_ended_when_its_monitor_wrote_that_down() {
    Instant at = THEN.plusSeconds(60);
    assertEquals(at, finished(at));
    // a clock that was set meanwhile makes no run end before it began, nor after now
    assertEquals(THEN, finished(THEN.minusSeconds(1)));
    assertEquals(NOW, finished(NOW.plusSeconds(1)));
    assertEquals(NOW, finished(null));
  }

  private static Instant finished(@Nullable Instant at) {
    var ended = new Observed.Ended(new Exit(5, false, at));
    var life = of(new Lifecycle.Running(7, THEN), ended).state().life();
    return ((Lifecycle.Exited) life).ended().finished();
  }

  @Test
  void it_was_half_made() {
    var recovery = of(new Lifecycle.Exited(ENDED), new Observed.HalfMade());
    assertEquals(new Lifecycle.Exited(ENDED), recovery.state().life());
    assertNull(recovery.state().sandbox());
    assertTrue(recovery.remains());
    assertFalse(recovery.ended());
  }

  @Test
  void it_ended_meanwhile() {
    var recovery = of(new Lifecycle.Running(7, THEN), ENDS);
    assertEquals(
        new Lifecycle.Exited(new Ended(THEN, NOW, 5, true, "", false)), recovery.state().life());
    assertTrue(recovery.ended());
    var stopped = of(new Lifecycle.Stopping(7, THEN), ENDS).state().life();
    assertTrue(((Lifecycle.Exited) stopped).ended().byUser());
  }

  @Test
  void its_end_was_told_and_not_cleared() {
    var recovery =
        Recovery.of(new ContainerState(new Lifecycle.Exited(ENDED), 1, null, null), ENDS, NOW);
    assertEquals(new Lifecycle.Exited(ENDED), recovery.state().life());
    assertFalse(recovery.ended());
    assertTrue(recovery.remains());
  }

  @Test
  void the_machine_was_off() {
    var gone = of(new Lifecycle.Running(7, THEN), new Observed.Absent());
    assertEquals(255, ((Lifecycle.Exited) gone.state().life()).ended().code());
    assertTrue(gone.ended());
    var restarting = new Lifecycle.Restarting(ENDED);
    assertEquals(restarting, of(restarting, new Observed.Absent()).state().life());
  }
}
