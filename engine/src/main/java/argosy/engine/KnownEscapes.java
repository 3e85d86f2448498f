package argosy.engine;

import argosy.engine.runtime.ContainerRuntime.Runtimes.Found;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * OCI runtime versions from which containers are known to escape: runc before 1.2.8 (CVE-2024-21626
 * before 1.1.12; CVE-2025-31133, -52565 and -52881).
 */
final class KnownEscapes {
  private static final Map<String, int[]> SAFE_FROM = Map.of("runc", new int[] {1, 2, 8});

  private KnownEscapes() {}

  /** A sentence for the operator, if the runtime's version is one of those. */
  static Optional<String> of(Found runtime) {
    int[] safe = SAFE_FROM.get(runtime.name());
    return safe != null && Arrays.compare(numbers(runtime.version()), safe) < 0
        ? Optional.of(
            "%s %s is older than %s, which closed known container escapes (CVE-2024-21626,"
                    .formatted(runtime.name(), runtime.version(), dotted(safe))
                + " CVE-2025-31133): make sure that your distribution backported the fixes")
        : Optional.empty();
  }

  static int[] numbers(String version) {
    return Arrays.stream(version.split("[^0-9]+"))
        .filter(part -> !part.isEmpty())
        .limit(3)
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  private static String dotted(int[] version) {
    return version[0] + "." + version[1] + "." + version[2];
  }
}
