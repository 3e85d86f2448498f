package argosy.engine.container.mount;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.util.Set;

/** What {@code --tmpfs PATH:OPTIONS} takes: mount(8)'s flags, and tmpfs(5)'s keys with a value. */
final class TmpfsOptions {
  private static final Set<String> FLAGS =
      Set.of(
          "defaults",
          "ro",
          "rw",
          "suid",
          "nosuid",
          "dev",
          "nodev",
          "exec",
          "noexec",
          "sync",
          "async",
          "dirsync",
          "atime",
          "noatime",
          "diratime",
          "nodiratime",
          "relatime",
          "norelatime",
          "strictatime",
          "nostrictatime",
          "private",
          "rprivate",
          "shared",
          "rshared",
          "slave",
          "rslave",
          "unbindable",
          "runbindable");
  private static final Set<String> KEYS =
      Set.of("size", "mode", "uid", "gid", "nr_inodes", "nr_blocks", "mpol");

  private TmpfsOptions() {}

  /** The same text; throws Refused with Docker's words for what is no such option. */
  static String checked(String options) {
    for (String option : options.isEmpty() ? new String[0] : options.split(",", -1)) {
      int equals = option.indexOf('=');
      boolean known =
          equals < 0
              ? FLAGS.contains(option)
              : KEYS.contains(option.substring(0, equals)) && equals < option.length() - 1;
      if (!known) {
        throw new Refused(new Failure.Invalid("invalid tmpfs option [\"" + option + "\"]"));
      }
    }
    return options;
  }
}
