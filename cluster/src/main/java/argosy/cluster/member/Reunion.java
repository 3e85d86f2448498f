package argosy.cluster.member;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether a host that is in no cluster joins, founds or waits. The rule and why it can not make two
 * clusters out of one stand in {@code docs/decisions/0003-one-cluster-never-two.md}.
 *
 * @param self this host's id
 * @param record null before it ever was in a cluster
 * @param join whether the operator named members to ask
 * @param foundAnew the operator gives up on the others
 * @param problem what befell the record, or ""
 */
record Reunion(
    String self, @Nullable ClusterRecord record, boolean join, boolean foundAnew, String problem) {

  /** What to do now. */
  sealed interface Decision {
    record Join(Greeting member) implements Decision {}

    record Found() implements Decision {}

    /** {@code sentence}: what an operator should know meanwhile. */
    record Wait(String sentence) implements Decision {}
  }

  /** {@code greetings}: what the others said lately. */
  Decision decide(List<Greeting> greetings) {
    for (Greeting greeting : greetings) {
      if (greeting.state() == Greeting.State.MEMBER) {
        return new Decision.Join(greeting);
      }
    }
    return mayFound(greetings) ? new Decision.Found() : new Decision.Wait(sentence(greetings));
  }

  private boolean mayFound(List<Greeting> greetings) {
    if (foundAnew) {
      return true;
    }
    if (record == null || record.sole()) {
      return !join;
    }
    return record.keeper().equals(self) && supported(record, greetings);
  }

  /**
   * The others who wait for this host to found, together with it, must be a majority of what each
   * of them remembers.
   */
  private boolean supported(ClusterRecord own, List<Greeting> greetings) {
    List<ClusterRecord> records = new ArrayList<>(List.of(own));
    List<String> supporters = new ArrayList<>(List.of(self));
    for (Greeting greeting : greetings) {
      ClusterRecord theirs = greeting.record();
      if (greeting.state() == Greeting.State.SEEKING
          && theirs != null
          && theirs.cluster().equals(own.cluster())
          && theirs.keeper().equals(self)) {
        records.add(theirs);
        supporters.add(greeting.who().id());
      }
    }
    return records.stream().allMatch(one -> majority(Set.copyOf(supporters), one));
  }

  private static boolean majority(Set<String> supporters, ClusterRecord record) {
    long present = record.members().stream().filter(m -> supporters.contains(m.id())).count();
    return 2 * present > record.members().size();
  }

  private String sentence(List<Greeting> greetings) {
    return greetings.stream()
        .filter(greeting -> greeting.state() == Greeting.State.REFUSED)
        .map(Greeting::sentence)
        .findFirst()
        .orElseGet(() -> waiting(greetings));
  }

  private String waiting(List<Greeting> greetings) {
    if (record == null || record.sole()) {
      return problem + "no cluster was found at the addresses to join; asking again";
    }
    var heard = greetings.stream().map(g -> g.who().id()).collect(Collectors.toSet());
    var missing =
        record.members().stream()
            .filter(m -> !m.id().equals(self) && !heard.contains(m.id()))
            .map(Known::name)
            .toList();
    return "this host is outside its cluster and waits for "
        + (missing.isEmpty() ? keeper(record) : String.join(", ", missing));
  }

  private static String keeper(ClusterRecord record) {
    return record.members().stream()
            .filter(m -> m.id().equals(record.keeper()))
            .map(Known::name)
            .findFirst()
            .orElse("its keeper")
        + " to found it again";
  }
}
