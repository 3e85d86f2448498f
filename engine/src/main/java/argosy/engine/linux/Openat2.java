package argosy.engine.linux;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;

/** {@code openat2(2)}: opening a path that may not leave the directory it starts in. */
public final class Openat2 {
  private static final long RESOLVE_NO_MAGICLINKS = 0x02;
  private static final long RESOLVE_IN_ROOT = 0x10;
  private static final int HOW_SIZE = 24;

  private Openat2() {}

  /**
   * Opens {@code path} as if {@code root} were {@code /}: links, absolute ones too, and {@code ..}
   * stay below it.
   *
   * @return the file descriptor, or -1 with errno set
   */
  public static int inRoot(int root, String path, int flags, int mode) {
    return inRoot(root, path.getBytes(StandardCharsets.UTF_8), flags, mode);
  }

  /** The same for a path in no encoding. */
  public static int inRoot(int root, byte[] text, int flags, int mode) {
    try (var name = new Memory(text.length + 1L);
        var how = new Memory(HOW_SIZE)) {
      name.write(0, text, 0, text.length);
      name.setByte(text.length, (byte) 0);
      how.setLong(0, Integer.toUnsignedLong(flags | Libc.O_CLOEXEC));
      how.setLong(8, mode);
      how.setLong(16, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
      long fd =
          Libc.syscall(
              Libc.SYS_OPENAT2,
              root,
              Pointer.nativeValue(name),
              Pointer.nativeValue(how),
              HOW_SIZE,
              0,
              0);
      Reference.reachabilityFence(name);
      Reference.reachabilityFence(how);
      return (int) fd;
    }
  }
}
