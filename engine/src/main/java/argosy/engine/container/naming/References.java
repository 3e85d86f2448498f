package argosy.engine.container.naming;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import java.util.NavigableSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds what a user means: an id, a name with or without its slash, or a unique id prefix. */
public final class References {
  private References() {}

  /**
   * The id that is meant.
   *
   * @param ids every id, in order
   * @param byName the id of a name, null when nobody has it
   */
  public static Outcome<String> resolve(
      String reference, NavigableSet<String> ids, Function<String, @Nullable String> byName) {
    String bare = reference.startsWith("/") ? reference.substring(1) : reference;
    if (bare.isEmpty()) {
      return Outcome.failed(Failure.noSuchContainer(reference));
    }
    if (ids.contains(bare)) {
      return Outcome.ok(bare);
    }
    String named = byName.apply(bare);
    if (named != null) {
      return Outcome.ok(named);
    }
    String first = ids.ceiling(bare);
    if (first == null || !first.startsWith(bare)) {
      return Outcome.failed(Failure.noSuchContainer(reference));
    }
    String second = ids.higher(first);
    if (second != null && second.startsWith(bare)) {
      return Outcome.failed(
          new Failure.Invalid("Multiple IDs found with provided prefix: " + reference));
    }
    return Outcome.ok(first);
  }
}
