package argosy.engine.runtime;

import java.nio.file.Path;

/**
 * A program that speaks the OCI runtime's command line.
 *
 * @param name what users call it
 * @param version what it says of itself, {@code runc 1.1.5}
 * @param hidesUnified it does not cope with a cgroup2 mount beside v1 hierarchies, so it must not
 *     see it
 */
record OciRuntime(String name, Path path, String version, boolean hidesUnified) {
  /** The version without the name before it. */
  String number() {
    return version.substring(version.indexOf(' ') + 1);
  }

  boolean isCrun() {
    return version.startsWith("crun");
  }
}
