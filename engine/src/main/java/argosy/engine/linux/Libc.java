package argosy.engine.linux;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The C library, bound directly and bare: every function answers as in C, -1 for a failure whose
 * number {@link #check} turns into {@link SystemCallFailed}. {@link SocketCalls} and {@link
 * SpawnCalls} are more of it; the small classes beside them give the calls names and types.
 *
 * <p>C's variadic functions are declared with fixed arguments: on x86_64 and aarch64 Linux integers
 * travel in the same registers either way.
 */
public final class Libc {
  /** Numbers of system calls that glibc has no function for; the same on x86_64 and aarch64. */
  public static final int SYS_PIDFD_SEND_SIGNAL = 424;

  public static final int SYS_OPEN_TREE = 428;
  public static final int SYS_MOVE_MOUNT = 429;
  public static final int SYS_PIDFD_OPEN = 434;
  public static final int SYS_OPENAT2 = 437;
  public static final int SYS_MOUNT_SETATTR = 442;

  public static final int O_RDONLY = 0;
  public static final int O_WRONLY = 1;
  public static final int O_RDWR = 2;
  public static final int O_CREAT = 0x40;
  public static final int O_EXCL = 0x80;
  public static final int O_TRUNC = 0x200;
  public static final int O_APPEND = 0x400;
  public static final int O_NONBLOCK = 0x800;
  public static final int O_CLOEXEC = 0x80000;
  public static final int O_PATH = 0x200000;

  /** These two have other values on aarch64. */
  public static final int O_DIRECTORY = Arch.CURRENT.oDirectory();

  public static final int O_NOFOLLOW = Arch.CURRENT.oNoFollow();

  public static final int AT_FDCWD = -100;
  public static final int AT_SYMLINK_NOFOLLOW = 0x100;
  public static final int AT_REMOVEDIR = 0x200;
  public static final int AT_EMPTY_PATH = 0x1000;
  public static final int W_OK = 2;

  public static final int F_DUPFD_CLOEXEC = 1030;

  public static final int CLONE_FS = 0x200;
  public static final int CLONE_NEWNS = 0x20000;
  public static final int CLONE_NEWNET = 0x40000000;

  static {
    bind(Libc.class);
  }

  private Libc() {}

  /** Binds the native methods of a class to the C library's functions of the same names. */
  static void bind(Class<?> calls) {
    Native.register(
        calls, NativeLibrary.getInstance("c", Map.of(Library.OPTION_STRING_ENCODING, "UTF-8")));
  }

  /** Passes {@code result} on, or throws what the call that just returned -1 left in errno. */
  public static int check(String call, int result) {
    if (result == -1) {
      throw new SystemCallFailed(call, errno());
    }
    return result;
  }

  /** As {@link #check(String, int)}. */
  public static long check(String call, long result) {
    if (result == -1) {
      throw new SystemCallFailed(call, errno());
    }
    return result;
  }

  /** The error number of this thread's last call through JNA. */
  public static int errno() {
    return Native.getLastError();
  }

  public static native String strerror(int errno);

  public static native long syscall(
      long number, long first, long second, long third, long fourth, long fifth, long sixth);

  // files

  public static native int open(String path, int flags, int mode);

  public static native int openat(int directory, String path, int flags, int mode);

  /** {@code path}: its bytes and a zero. */
  public static native int openat(int directory, byte[] path, int flags, int mode);

  /** {@code path}: the address of its bytes and a zero; so too below. */
  public static native int openat(int directory, long path, int flags, int mode);

  public static native int close(int fd);

  public static native long read(int fd, byte[] buffer, long count);

  public static native long write(int fd, byte[] buffer, long count);

  public static native long write(int fd, long buffer, long count);

  public static native int ftruncate(int fd, long length);

  public static native long lseek(int fd, long offset, int whence);

  public static native int sync_file_range(int fd, long offset, long length, int flags);

  public static native int pipe2(int[] ends, int flags);

  public static native int memfd_create(String name, int flags);

  public static native int fcntl(int fd, int command, long argument);

  public static native int ioctl(int fd, long request, long argument);

  public static native int flock(int fd, int operation);

  /** {@code status}: 256 bytes of {@code struct statx}. */
  public static native int statx(int directory, String path, int flags, int mask, byte[] status);

  public static native int statx(int directory, byte[] path, int flags, int mask, byte[] status);

  /** {@code status}: 120 bytes of {@code struct statfs}. */
  public static native int fstatfs(int fd, byte[] status);

  public static native int faccessat(int directory, String path, int mode, int flags);

  public static native long getdents64(int fd, byte[] entries, long size);

  public static native int fsync(int fd);

  public static native int syncfs(int fd);

  public static native int mkdirat(int directory, String path, int mode);

  public static native int mkdirat(int directory, byte[] path, int mode);

  public static native int mkdirat(int directory, long path, int mode);

  public static native int mknodat(int directory, String path, int mode, long device);

  public static native int mknodat(int directory, long path, int mode, long device);

  public static native int mknod(String path, int mode, long device);

  public static native int unlinkat(int directory, String path, int flags);

  /** {@code path}: its bytes and a zero. */
  public static native int unlinkat(int directory, byte[] path, int flags);

  public static native int linkat(
      int oldDirectory, String oldPath, int newDirectory, String newPath, int flags);

  public static native int linkat(
      int oldDirectory, long oldPath, int newDirectory, long newPath, int flags);

  public static native int symlinkat(String target, int directory, String path);

  public static native int symlinkat(long target, int directory, long path);

  public static native int renameat2(
      int oldDirectory, String oldPath, int newDirectory, String newPath, int flags);

  public static native long readlinkat(int directory, String path, byte[] buffer, long size);

  public static native int fchownat(int directory, String path, int uid, int gid, int flags);

  public static native int fchownat(int directory, long path, int uid, int gid, int flags);

  public static native int fchmodat(int directory, String path, int mode, int flags);

  public static native int fchmodat(int directory, byte[] path, int mode, int flags);

  public static native int fchmod(int fd, int mode);

  public static native int fchown(int fd, int uid, int gid);

  /** {@code times}: seconds and nanoseconds of access, then of modification. */
  public static native int utimensat(int directory, String path, long[] times, int flags);

  public static native int utimensat(int directory, long path, long times, int flags);

  public static native int futimens(int fd, long[] times);

  public static native int futimens(int fd, long times);

  public static native int lsetxattr(String path, String name, byte[] value, long size, int flags);

  public static native int setxattr(String path, String name, byte[] value, long size, int flags);

  public static native int fsetxattr(int fd, String name, byte[] value, long size, int flags);

  public static native long lgetxattr(String path, String name, byte @Nullable [] value, long size);

  public static native long getxattr(String path, String name, byte[] value, long size);

  public static native long listxattr(String path, byte[] list, long size);

  public static native long llistxattr(String path, byte @Nullable [] list, long size);

  public static native int mkfifo(String path, int mode);

  // mounts and namespaces

  public static native int mount(
      @Nullable String source,
      String target,
      @Nullable String type,
      long flags,
      @Nullable String data);

  public static native int umount2(String target, int flags);

  public static native int unshare(int flags);

  public static native int setns(int fd, int type);

  // processes

  public static native int kill(int pid, int signal);

  public static native int waitpid(int pid, int[] status, int options);

  // events

  public static native int epoll_create1(int flags);

  public static native int epoll_ctl(int epoll, int operation, int fd, @Nullable Pointer event);

  public static native int epoll_wait(int epoll, Pointer events, int maximum, int timeout);

  public static native int eventfd(int initial, int flags);

  public static native int inotify_init1(int flags);

  public static native int inotify_add_watch(int fd, String path, int mask);

  public static native int inotify_rm_watch(int fd, int watch);
}
