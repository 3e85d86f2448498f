package argosy.engine.linux;

import static argosy.engine.linux.Libc.check;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A program's bytes in memory that nobody can change any more, not even root: a sealed memfd
 * (memfd_create(2)). It is run by its {@link #path}, by any process, as long as this one holds it.
 */
public final class SealedCopy implements AutoCloseable {
  private static final int MFD_CLOEXEC = 1;
  private static final int MFD_ALLOW_SEALING = 2;
  private static final int MFD_EXEC = 0x10;
  private static final int F_ADD_SEALS = 1033;

  /** F_SEAL_SEAL, F_SEAL_SHRINK, F_SEAL_GROW and F_SEAL_WRITE. */
  private static final int EVERY_SEAL = 0xf;

  private final int fd;

  private SealedCopy(int fd) {
    this.fd = fd;
  }

  /**
   * Copies a program.
   *
   * @throws SystemCallFailed when the kernel has no such thing
   */
  public static SealedCopy of(Path program) throws IOException {
    var copy = new SealedCopy(memory(String.valueOf(program.getFileName())));
    try {
      try (OutputStream out = Files.newOutputStream(copy.path())) {
        Files.copy(program, out);
      }
      check("seal " + program, Libc.fcntl(copy.fd, F_ADD_SEALS, EVERY_SEAL));
      return copy;
    } catch (IOException | RuntimeException e) {
      copy.close();
      throw e;
    }
  }

  /** Kernels before 6.3 do not know that a memfd may be forbidden to run. */
  private static int memory(String name) {
    int fd = Libc.memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_EXEC);
    return fd == -1
        ? check("memfd_create", Libc.memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING))
        : fd;
  }

  /** Where every process that may see this one's descriptors finds it. */
  public Path path() {
    return Path.of("/proc/" + ProcessHandle.current().pid() + "/fd/" + fd);
  }

  @Override
  public void close() {
    Libc.close(fd);
  }
}
