package argosy.engine.disk;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.util.ArrayList;
import java.util.List;

/**
 * A path inside an archive, cleaned as text: {@code .} and empty parts dropped, {@code ..} folded,
 * a leading {@code /} meaning the archive's root. One that climbs above the root is refused.
 */
record EntryPath(List<String> parts) {
  EntryPath {
    parts = List.copyOf(parts);
  }

  static EntryPath of(String name) {
    return new EntryPath(fold(List.of(), name, name));
  }

  /** Where a symbolic link at this path leads, as text; out of the root is refused. */
  void refuseLinkOut(String target) {
    if (!target.startsWith("/")) {
      fold(parent(), target, String.join("/", parts) + " -> " + target);
    }
  }

  private static List<String> fold(List<String> start, String path, String shown) {
    var parts = new ArrayList<>(start);
    for (String part : path.split("/", -1)) {
      if (part.indexOf('\0') >= 0) {
        throw outside(shown);
      }
      if (part.equals("..")) {
        if (parts.isEmpty()) {
          throw outside(shown);
        }
        parts.removeLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return parts;
  }

  private static Refused outside(String shown) {
    return new Refused(
        new Failure.Invalid("the archive's entry \"" + shown + "\" is outside of its root"));
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

  @Override
  public String toString() {
    return "/" + String.join("/", parts);
  }
}
