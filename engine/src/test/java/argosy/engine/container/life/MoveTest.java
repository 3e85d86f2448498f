package argosy.engine.container.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import argosy.engine.container.Lifecycle;
import argosy.engine.container.Lifecycle.Ended;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The table in {@link Lifecycle}, cell by cell. */
class MoveTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Ended ENDED = new Ended(NOW, NOW, 1, false, "", false);
  private static final List<Lifecycle> STATES =
      List.of(
          new Lifecycle.Created(),
          new Lifecycle.Starting(new Lifecycle.Created()),
          new Lifecycle.Running(7, NOW),
          new Lifecycle.Paused(7, NOW),
          new Lifecycle.Stopping(7, NOW),
          new Lifecycle.Exited(ENDED),
          new Lifecycle.Restarting(ENDED),
          new Lifecycle.Removing(ENDED),
          new Lifecycle.Dead(ENDED));

  private static final Map<String, UnaryOperator<Lifecycle>> MOVES =
      Map.of(
          "start", Moves::start,
          "up", state -> Moves.up(state, 7, NOW),
          "exit", state -> Moves.exit(state, ENDED),
          "stop", Moves::stop,
          "pause", Moves::pause,
          "unpause", Moves::unpause,
          "remove", Moves::remove,
          "retry", Moves::retry);

  private static String name(Lifecycle state) {
    return state.getClass().getSimpleName();
  }

  private static String outcome(UnaryOperator<Lifecycle> move, Lifecycle state) {
    try {
      return name(move.apply(state));
    } catch (IllegalStateException e) {
      return "-";
    }
  }

  @Test
  void the_table() {
    String[] order = {"start", "up", "exit", "stop", "pause", "unpause", "remove", "retry"};
    var rows = new ArrayList<String>();
    for (Lifecycle state : STATES) {
      var row = new ArrayList<>(List.of(name(state)));
      for (String move : order) {
        row.add(outcome(Objects.requireNonNull(MOVES.get(move)), state));
      }
      rows.add(String.join(" ", row));
    }
    assertEquals(
        """
        Created Starting - Exited - - - Removing -
        Starting - Running Exited - - - - -
        Running - - Exited Stopping Paused - - -
        Paused - - Exited Stopping - Running - -
        Stopping - - Exited - - - - -
        Exited Starting - - - - - Removing Restarting
        Restarting Starting - - Exited - - Removing -
        Removing - - - - - - - -
        Dead - - - - - - Removing -
        """
            .strip(),
        String.join("\n", rows));
  }

  @Test
  void an_illegal_move_names_both_ends() {
    var thrown =
        assertThrows(IllegalStateException.class, () -> Moves.pause(new Lifecycle.Created()));
    assertEquals("no move 'pause' from Created[]", thrown.getMessage());
  }

  @Test
  void the_words_of_status() {
    assertEquals(
        List.of(
            "created",
            "created",
            "running",
            "paused",
            "running",
            "exited",
            "restarting",
            "removing",
            "dead"),
        STATES.stream().map(Moves::status).toList());
    assertEquals(
        "restarting", Moves.status(new Lifecycle.Starting(new Lifecycle.Restarting(ENDED))));
    assertEquals(
        "created",
        Moves.status(
            new Lifecycle.Exited(
                new Ended(Instant.EPOCH, Instant.EPOCH, 127, false, "no", false))));
  }

  @Test
  void refusals_in_docker_s_words() {
    var who = new Subject("0123", "web", "we");
    assertEquals(
        "Container we is paused, unpause the container before exec",
        text(Move.EXEC, new Lifecycle.Paused(7, NOW), who));
    assertEquals(
        "Container 0123 is restarting, wait until the container is running",
        text(Move.EXEC, new Lifecycle.Restarting(ENDED), who));
    assertEquals(
        "cannot remove container \"/web\": container is paused and must be unpaused first",
        text(Move.REMOVE, new Lifecycle.Paused(7, NOW), who));
    assertEquals(
        "removal of container we is already in progress",
        text(Move.REMOVE, new Lifecycle.Removing(ENDED), who));
    assertEquals(
        "Cannot kill container: we: container 0123 is not running",
        text(Move.KILL, new Lifecycle.Exited(ENDED), who));
    assertEquals(
        "cannot start a paused container, try unpause instead",
        text(Move.START, new Lifecycle.Paused(7, NOW), who));
  }

  private static String text(Move move, Lifecycle state, Subject who) {
    return move.refusal(state, who).orElseThrow().message();
  }
}
