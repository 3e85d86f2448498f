package argosy.engine.container.mount;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.util.List;
import java.util.Set;

/** The third part of {@code -v SRC:DST:MODE}: one word of each kind at most. */
public record BindMode(Set<String> options) {
  public static final Set<String> PROPAGATIONS =
      Set.of("private", "rprivate", "shared", "rshared", "slave", "rslave");

  private static final List<Set<String>> KINDS =
      List.of(
          Set.of("ro", "rw"),
          Set.of("z", "Z"),
          Set.of("nocopy"),
          Set.of("cached", "delegated", "consistent"),
          PROPAGATIONS);

  public BindMode {
    options = Set.copyOf(options);
  }

  /** Throws Refused with Docker's text. */
  public static BindMode of(String mode) {
    List<String> words = mode.isEmpty() ? List.of() : List.of(mode.split(",", -1));
    boolean known = words.stream().allMatch(it -> KINDS.stream().anyMatch(k -> k.contains(it)));
    boolean single =
        KINDS.stream().allMatch(kind -> words.stream().filter(kind::contains).count() <= 1);
    if (!known || !single) {
      throw new Refused(new Failure.Invalid("invalid mode: " + mode));
    }
    return new BindMode(Set.copyOf(words));
  }
}
