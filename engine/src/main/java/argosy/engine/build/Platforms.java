package argosy.engine.build;

import argosy.engine.image.manifest.Platform;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The arguments that name the platforms of a build; an ARG line makes them known to a stage. */
final class Platforms {
  private Platforms() {}

  /** {@code target}: as the client gave it, null for this host's. */
  static Map<String, String> arguments(@Nullable String target) {
    var arguments = new TreeMap<String, String>();
    put(arguments, "BUILD", Platform.host());
    put(arguments, "TARGET", wanted(target));
    return arguments;
  }

  static Platform wanted(@Nullable String target) {
    return target == null || target.isEmpty() ? Platform.host() : Platform.parse(target);
  }

  private static void put(Map<String, String> arguments, String prefix, Platform platform) {
    String variant = platform.variant();
    arguments.put(
        prefix + "PLATFORM",
        platform.os() + "/" + platform.architecture() + (variant.isEmpty() ? "" : "/" + variant));
    arguments.put(prefix + "OS", platform.os());
    arguments.put(prefix + "ARCH", platform.architecture());
    arguments.put(prefix + "VARIANT", variant);
  }
}
