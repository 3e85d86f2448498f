package argosy.engine.volume;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * mount(8)'s words as mount(2) takes them.
 *
 * @param flags of the mount itself
 * @param propagation flags of a second call, because the kernel takes them only alone; 0: none
 * @param data what the file system reads itself
 */
record MountWords(long flags, long propagation, String data) {
  static final long READ_ONLY = 1;
  static final long REMOUNT = 0x20;
  static final long BIND = 0x1000;
  static final long RECURSIVE = 0x4000;

  private static final Map<String, Long> SET =
      Map.ofEntries(
          Map.entry("ro", READ_ONLY),
          Map.entry("nosuid", 2L),
          Map.entry("nodev", 4L),
          Map.entry("noexec", 8L),
          Map.entry("sync", 0x10L),
          Map.entry("remount", REMOUNT),
          Map.entry("mand", 0x40L),
          Map.entry("dirsync", 0x80L),
          Map.entry("noatime", 0x400L),
          Map.entry("nodiratime", 0x800L),
          Map.entry("bind", BIND),
          Map.entry("rbind", BIND | RECURSIVE),
          Map.entry("relatime", 0x200000L),
          Map.entry("strictatime", 0x1000000L));

  private static final Map<String, Long> CLEAR =
      Map.ofEntries(
          Map.entry("defaults", 0L),
          Map.entry("rw", READ_ONLY),
          Map.entry("suid", 2L),
          Map.entry("dev", 4L),
          Map.entry("exec", 8L),
          Map.entry("async", 0x10L),
          Map.entry("nomand", 0x40L),
          Map.entry("atime", 0x400L),
          Map.entry("diratime", 0x800L),
          Map.entry("norelatime", 0x200000L),
          Map.entry("nostrictatime", 0x1000000L));

  private static final Map<String, Long> PROPAGATION =
      Map.of(
          "unbindable",
          0x20000L,
          "runbindable",
          0x20000L | RECURSIVE,
          "private",
          0x40000L,
          "rprivate",
          0x40000L | RECURSIVE,
          "slave",
          0x80000L,
          "rslave",
          0x80000L | RECURSIVE,
          "shared",
          0x100000L,
          "rshared",
          0x100000L | RECURSIVE);

  static MountWords of(String options) {
    long flags = 0;
    long propagation = 0;
    var data = new ArrayList<String>();
    for (String word : options.isEmpty() ? List.<String>of() : List.of(options.split(","))) {
      if (SET.containsKey(word)) {
        flags |= SET.getOrDefault(word, 0L);
      } else if (CLEAR.containsKey(word)) {
        flags &= ~CLEAR.getOrDefault(word, 0L);
      } else if (PROPAGATION.containsKey(word)) {
        propagation |= PROPAGATION.getOrDefault(word, 0L);
      } else {
        data.add(word);
      }
    }
    return new MountWords(flags, propagation, String.join(",", data));
  }

  /** A bind mount takes its other flags only when it is mounted again. */
  boolean again() {
    return (flags & BIND) != 0 && (flags & ~(BIND | RECURSIVE)) != 0;
  }
}
