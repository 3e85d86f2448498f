package argosy.engine.runtime;

import java.nio.file.Path;

/**
 * A program that speaks the OCI runtime's command line.
 *
 * @param name what users call it
 * @param version what it says of itself
 * @param hidesUnified it does not cope with a cgroup2 mount beside v1 hierarchies, so it must not
 *     see it
 */
record OciRuntime(String name, Path path, String version, boolean hidesUnified) {
  boolean isCrun() {
    return version.startsWith("crun");
  }
}
