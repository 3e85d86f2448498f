package argosy.engine.linux;

import com.sun.jna.Pointer;

/**
 * The C library's {@code posix_spawn} and what describes a child to it, bound as in {@link Libc}.
 * The spawn functions answer an error number, not -1.
 */
final class SpawnCalls {
  static {
    Libc.bind(SpawnCalls.class);
  }

  private SpawnCalls() {}

  static native int posix_spawn(
      int[] pid, String path, Pointer actions, Pointer attributes, Pointer argv, Pointer envp);

  static native int posix_spawn_file_actions_init(Pointer actions);

  static native int posix_spawn_file_actions_destroy(Pointer actions);

  static native int posix_spawn_file_actions_adddup2(Pointer actions, int from, int to);

  static native int posix_spawn_file_actions_addchdir_np(Pointer actions, String path);

  static native int posix_spawn_file_actions_addclosefrom_np(Pointer actions, int from);

  static native int posix_spawnattr_init(Pointer attributes);

  static native int posix_spawnattr_destroy(Pointer attributes);

  static native int posix_spawnattr_setflags(Pointer attributes, short flags);

  static native int posix_spawnattr_setsigmask(Pointer attributes, Pointer set);

  static native int posix_spawnattr_setsigdefault(Pointer attributes, Pointer set);

  static native int sigemptyset(Pointer set);

  static native int sigfillset(Pointer set);
}
