package argosy.engine.disk;

import argosy.engine.archive.Octets;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A path inside an archive, cleaned as text: {@code .} and empty parts dropped, {@code ..} folded,
 * a leading {@code /} meaning the archive's root. One that climbs above the root is refused. Its
 * parts are {@link Octets}.
 */
record EntryPath(List<String> parts) {
  EntryPath {
    parts = List.copyOf(parts);
  }

  static EntryPath of(String name) {
    return within(name).orElseThrow(() -> outside(name));
  }

  /** Empty when it climbs above the root. */
  static Optional<EntryPath> within(String name) {
    return fold(List.of(), name).map(EntryPath::new);
  }

  /** Whether a symbolic link at this path, with this target, leads out of the root as text. */
  boolean leadsOut(String target) {
    return !target.startsWith("/") && fold(parent(), target).isEmpty();
  }

  private static Optional<List<String>> fold(List<String> start, String path) {
    var parts = new ArrayList<>(start);
    for (String part : path.split("/", -1)) {
      if (part.indexOf('\0') >= 0 || part.equals("..") && parts.isEmpty()) {
        return Optional.empty();
      }
      if (part.equals("..")) {
        parts.removeLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return Optional.of(parts);
  }

  private static Refused outside(String shown) {
    return new Refused(
        new Failure.Invalid(
            "the archive's entry \"" + Octets.text(shown) + "\" is outside of its root"));
  }

  /** Another entry of the same directory. */
  EntryPath sibling(String name) {
    var sibling = new ArrayList<>(parent());
    sibling.add(name);
    return new EntryPath(sibling);
  }

  boolean isRoot() {
    return parts.isEmpty();
  }

  List<String> parent() {
    return parts.subList(0, parts.size() - 1);
  }

  String name() {
    return parts.getLast();
  }

  /** For people. */
  @Override
  public String toString() {
    return "/" + Octets.text(String.join("/", parts));
  }
}
