package argosy.cluster.directory;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where full ids were seen last, by node id. A hint saves a question; it may be wrong, and nothing
 * is promised by it. Safe for any thread.
 */
final class Hints {
  private static final int MOST = 10_000;

  private final Map<String, String> nodes =
      Collections.synchronizedMap(
          new LinkedHashMap<>(256, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
              return size() > MOST;
            }
          });

  Optional<String> node(String id) {
    return Optional.ofNullable(nodes.get(id));
  }

  void put(String id, String node) {
    nodes.put(id, node);
  }

  boolean drop(String id) {
    return nodes.remove(id) != null;
  }

  /** Only a full id can be trusted to name the same thing everywhere. */
  static boolean full(String reference) {
    return reference.length() == 64
        && reference.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }
}
