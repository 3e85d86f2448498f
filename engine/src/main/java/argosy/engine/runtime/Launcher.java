package argosy.engine.runtime;

import argosy.engine.linux.Spawn;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Starts programs in the view of the file system that they need. */
interface Launcher {
  /** A monitor and an OCI runtime look for their helpers here, and need nothing else. */
  Map<String, String> ENVIRONMENT =
      Map.of("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");

  Launched start(
      List<String> command, Map<String, String> environment, Path directory, int... descriptors);

  /** A started program. */
  interface Launched {
    int pid();

    /** It sees no more of the host's mounts than it still needs, so as not to keep them busy. */
    void settle();
  }

  /** In the daemon's own view. */
  static Launcher plain() {
    return (command, environment, directory, descriptors) -> {
      int pid = Spawn.start(command, environment, directory, descriptors);
      return new Launched() {
        @Override
        public int pid() {
          return pid;
        }

        @Override
        public void settle() {}
      };
    };
  }
}
