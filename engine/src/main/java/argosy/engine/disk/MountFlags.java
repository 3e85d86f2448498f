package argosy.engine.disk;

import argosy.engine.linux.Libc;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a mount forbids to all who come through it. */
public final class MountFlags {
  /** Of {@code f_flags} (statfs(2)), by their names as mount options. */
  private static final Map<String, Integer> FLAGS = new LinkedHashMap<>();

  static {
    FLAGS.put("ro", 1);
    FLAGS.put("nosuid", 2);
    FLAGS.put("nodev", 4);
    FLAGS.put("noexec", 8);
  }

  private static final int STATUS = 120;
  private static final int FLAGS_AT = 80;

  private MountFlags() {}

  /** Those of ro, nosuid, nodev and noexec that the mount has on which a file of this host lies. */
  public static List<String> of(Path file) {
    int fd =
        Libc.check("open " + file, Libc.open(file.toString(), Libc.O_PATH | Libc.O_CLOEXEC, 0));
    try {
      byte[] status = new byte[STATUS];
      Libc.check("fstatfs " + file, Libc.fstatfs(fd, status));
      long set = ByteBuffer.wrap(status).order(ByteOrder.nativeOrder()).getLong(FLAGS_AT);
      return FLAGS.entrySet().stream()
          .filter(flag -> (set & flag.getValue()) != 0)
          .map(Map.Entry::getKey)
          .toList();
    } finally {
      Libc.close(fd);
    }
  }
}
