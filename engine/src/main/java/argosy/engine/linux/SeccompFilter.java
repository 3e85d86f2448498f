package argosy.engine.linux;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.file.Path;
import java.util.List;

/**
 * A system call filter, compiled by libseccomp into the program that the kernel runs. The numbers
 * are those of {@code seccomp.h}; a call or an architecture this libseccomp does not know is left
 * out, as OCI runtimes do.
 */
public final class SeccompFilter implements AutoCloseable {
  private static final int UNKNOWN_CALL = -1;
  private static final int ARGUMENT_BYTES = 24;
  private static final int EEXIST = -17;
  private static final int OPTIMIZE = 8;
  private static final int BINARY_TREE = 2;

  private final Pointer context;

  private SeccompFilter(Pointer context) {
    this.context = context;
  }

  /** Whether this host has the library. */
  public static boolean isAvailable() {
    try {
      Library.seccomp_api_get();
      return true;
    } catch (LinkageError none) {
      return false;
    }
  }

  /** {@code action}: what happens to a call that no rule names. */
  public static SeccompFilter startingWith(int action) {
    Pointer context = Library.seccomp_init(action);
    if (context == null) {
      throw new SystemCallFailed("seccomp_init", SystemCallFailed.EINVAL);
    }
    // a tree over the call numbers: a filtered call is found in a few steps instead of hundreds
    Library.seccomp_attr_set(context, OPTIMIZE, BINARY_TREE);
    return new SeccompFilter(context);
  }

  /** A comparison of one of a call's arguments. */
  public record Argument(int index, int operator, long value, long second) {}

  /** Has the filter hold for another architecture of this processor too. */
  public void architecture(int token) {
    int result = Library.seccomp_arch_add(context, token);
    if (result != 0 && result != EEXIST) {
      throw new SystemCallFailed("seccomp_arch_add", -result);
    }
  }

  /** All of the arguments' comparisons must be true. */
  public void rule(int action, String call, List<Argument> arguments) {
    int number = Library.seccomp_syscall_resolve_name(call);
    if (number == UNKNOWN_CALL) {
      return;
    }
    try (var array = new Memory((long) ARGUMENT_BYTES * Math.max(1, arguments.size()))) {
      for (int i = 0; i < arguments.size(); i++) {
        long at = (long) i * ARGUMENT_BYTES;
        array.setInt(at, arguments.get(i).index());
        array.setInt(at + 4, arguments.get(i).operator());
        array.setLong(at + 8, arguments.get(i).value());
        array.setLong(at + 16, arguments.get(i).second());
      }
      int result = Library.seccomp_rule_add_array(context, action, number, arguments.size(), array);
      if (result != 0 && result != EEXIST) {
        throw new SystemCallFailed("seccomp_rule_add " + call, -result);
      }
    }
  }

  /** Writes the compiled program to a new file. */
  public void export(Path file) {
    int flags = Libc.O_WRONLY | Libc.O_CREAT | Libc.O_TRUNC | Libc.O_CLOEXEC;
    int fd = Libc.check("open " + file, Libc.open(file.toString(), flags, 0x180));
    try {
      int result = Library.seccomp_export_bpf(context, fd);
      if (result != 0) {
        throw new SystemCallFailed("seccomp_export_bpf", -result);
      }
    } finally {
      Libc.close(fd);
    }
  }

  @Override
  public void close() {
    Library.seccomp_release(context);
  }

  /** Bound when first used: a host without the library runs containers all the same. */
  private static final class Library {
    static {
      Native.register(Library.class, "libseccomp.so.2");
    }

    static native int seccomp_api_get();

    static native Pointer seccomp_init(int action);

    static native void seccomp_release(Pointer context);

    static native int seccomp_attr_set(Pointer context, int attribute, int value);

    static native int seccomp_arch_add(Pointer context, int token);

    static native int seccomp_syscall_resolve_name(String name);

    static native int seccomp_rule_add_array(
        Pointer context, int action, int call, int count, Pointer arguments);

    static native int seccomp_export_bpf(Pointer context, int fd);
  }
}
