package argosy.http.dispatch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Where a request for a path that is not clean is sent: dockerd's router answers 301 to one with
 * empty segments, {@code .} or {@code ..}.
 */
final class CleanPath {
  private CleanPath() {}

  /** The clean target, its query kept; empty when it is clean already. */
  static Optional<String> of(String target) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    if (!path.startsWith("/") || !(path + "/").matches("(?s).*/(\\.{0,2})/.*")) {
      return Optional.empty();
    }
    String clean = clean(path);
    return clean.equals(path)
        ? Optional.empty()
        : Optional.of(clean + (mark < 0 ? "" : target.substring(mark)));
  }

  private static String clean(String path) {
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : path.split("/", -1)) {
      switch (segment) {
        case "", "." -> {}
        case ".." -> segments.pollLast();
        default -> segments.add(segment);
      }
    }
    String end = path.endsWith("/") && !segments.isEmpty() ? "/" : "";
    return "/" + String.join("/", segments) + end;
  }
}
