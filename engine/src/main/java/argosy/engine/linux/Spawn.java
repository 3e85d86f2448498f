package argosy.engine.linux;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.StringArray;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Starts a program without a fork of the JVM, with exactly the descriptors it is given, an empty
 * signal mask and a session of its own. The JDK's ProcessBuilder is no substitute here: it passes
 * three descriptors only, and closes them when the direct child ends, which a monitor does at once.
 */
public final class Spawn {
  /** Room for glibc's opaque types, which are 80 and 336 bytes. */
  private static final int OPAQUE = 512;

  private static final int SIGNAL_SET = 128;
  private static final short SETSIGDEF = 0x04;
  private static final short SETSIGMASK = 0x08;
  private static final short SETSID = 0x80;

  private Spawn() {}

  /**
   * Starts it and does not wait.
   *
   * @param command the first word is the program's path
   * @param environment all of it
   * @param descriptors the child's 0, 1, 2, 3 and so on; nothing else is passed
   * @return the child's pid, which somebody must wait for
   * @throws SystemCallFailed when it can not be started
   */
  public static int start(
      List<String> command, Map<String, String> environment, Path directory, int... descriptors) {
    try (var actions = new Memory(OPAQUE);
        var attributes = new Memory(OPAQUE)) {
      require("posix_spawn_file_actions_init", SpawnCalls.posix_spawn_file_actions_init(actions));
      require("posix_spawnattr_init", SpawnCalls.posix_spawnattr_init(attributes));
      try {
        describe(actions, attributes, directory, descriptors);
        return spawn(command, environment, actions, attributes);
      } finally {
        SpawnCalls.posix_spawn_file_actions_destroy(actions);
        SpawnCalls.posix_spawnattr_destroy(attributes);
      }
    }
  }

  private static void describe(
      Pointer actions, Pointer attributes, Path directory, int... descriptors) {
    // first out of the way, so that no dup2 overwrites one that is still needed
    int above = descriptors.length;
    for (int fd : descriptors) {
      above = Math.max(above, fd + 1);
    }
    for (int i = 0; i < descriptors.length; i++) {
      require(
          "posix_spawn dup2",
          SpawnCalls.posix_spawn_file_actions_adddup2(actions, descriptors[i], above + i));
    }
    for (int i = 0; i < descriptors.length; i++) {
      require(
          "posix_spawn dup2", SpawnCalls.posix_spawn_file_actions_adddup2(actions, above + i, i));
    }
    require(
        "posix_spawn closefrom",
        SpawnCalls.posix_spawn_file_actions_addclosefrom_np(actions, descriptors.length));
    require(
        "posix_spawn chdir",
        SpawnCalls.posix_spawn_file_actions_addchdir_np(actions, directory.toString()));
    try (var none = new Memory(SIGNAL_SET);
        var all = new Memory(SIGNAL_SET)) {
      SpawnCalls.sigemptyset(none);
      SpawnCalls.sigfillset(all);
      SpawnCalls.posix_spawnattr_setsigmask(attributes, none);
      SpawnCalls.posix_spawnattr_setsigdefault(attributes, all);
      SpawnCalls.posix_spawnattr_setflags(attributes, (short) (SETSIGDEF | SETSIGMASK | SETSID));
    }
  }

  private static int spawn(
      List<String> command, Map<String, String> environment, Pointer actions, Pointer attributes) {
    String[] variables =
        environment.entrySet().stream()
            .map(variable -> variable.getKey() + "=" + variable.getValue())
            .toArray(String[]::new);
    int[] pid = new int[1];
    try (var argv = new StringArray(command.toArray(String[]::new), "UTF-8");
        var envp = new StringArray(variables, "UTF-8")) {
      require(
          "posix_spawn " + command.getFirst(),
          SpawnCalls.posix_spawn(pid, command.getFirst(), actions, attributes, argv, envp));
    }
    return pid[0];
  }

  private static void require(String call, int error) {
    if (error != 0) {
      throw new SystemCallFailed(call, error);
    }
  }

  static {
    // sigset_t and the two opaque types are sized by the C library for its pointer width
    if (Native.POINTER_SIZE != Long.BYTES) {
      throw new UnsupportedOperationException("Argosy needs a 64-bit machine");
    }
  }
}
