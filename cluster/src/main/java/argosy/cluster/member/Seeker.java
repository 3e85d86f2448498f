package argosy.cluster.member;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@link Members} knows while it looks for the way in: who said what, and how long ago. */
final class Seeker {
  /** After this many rounds an answer is old. */
  private static final int STALE = 3;

  /** Rounds until an attempt to join is made again. */
  private static final int PATIENT = 5;

  /** Rounds in which nobody can be expected to have answered yet. */
  private static final int ANSWERING = 2;

  private record Fresh(Greeting greeting, int round) {}

  private final Surroundings around;
  private final String address;
  private final Map<String, Fresh> greetings = new LinkedHashMap<>();
  private String problem = "";
  private int round;
  private int tried = -PATIENT;

  Seeker(Surroundings around, String address) {
    this.around = around;
    this.address = address;
  }

  void nextRound() {
    round++;
    greetings.values().removeIf(fresh -> round - fresh.round() > STALE);
  }

  void heard(Greeting greeting) {
    greetings.put(greeting.address(), new Fresh(greeting, round));
  }

  /** An attempt to join was made just now. */
  void tried() {
    tried = round;
  }

  /** With a problem the record is lost and nobody knows whether this host may found: it joins. */
  void remembers(String problem) {
    this.problem = problem;
  }

  /** Who might know the way in. */
  Stream<String> candidates(@Nullable ClusterRecord record) {
    Stream<String> known = record == null ? Stream.of() : record.everybody().map(Known::address);
    return Stream.concat(around.join().stream(), known)
        .filter(one -> !one.equals(address))
        .distinct();
  }

  /** What to do now; empty while an attempt is under way. */
  Optional<Reunion.Decision> decide(@Nullable ClusterRecord record) {
    if (round - tried < PATIENT) {
      return Optional.empty();
    }
    var reunion =
        new Reunion(
            around.self().id(),
            record,
            !around.join().isEmpty() || !problem.isEmpty(),
            around.foundAnew(),
            problem);
    return Optional.of(reunion.decide(greetings.values().stream().map(Fresh::greeting).toList()));
  }
}
