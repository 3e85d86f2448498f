package argosy.engine.runtime;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.linux.Libc;
import argosy.engine.linux.SystemCallFailed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The monitor's control FIFO: a line each, three numbers. */
final class MonitorControl {
  private MonitorControl() {}

  /** The size of the terminal, in characters. */
  static void resize(Path directory, int height, int width) {
    send(directory, "1 " + height + " " + width + "\n");
  }

  static void reopenLog(Path directory) {
    send(directory, "2 0 0\n");
  }

  private static void send(Path directory, String line) {
    Path fifo = directory.resolve("ctl");
    int fd = Libc.open(fifo.toString(), Libc.O_WRONLY | Libc.O_NONBLOCK | Libc.O_CLOEXEC, 0);
    if (fd == -1) {
      throw refused(Libc.errno());
    }
    byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
    long written = Libc.write(fd, bytes, bytes.length);
    int errno = written == -1 ? Libc.errno() : 0;
    Libc.close(fd);
    if (errno != 0) {
      throw refused(errno);
    }
  }

  /** Without its FIFO, or without a reader on it, the monitor is gone. */
  private static Refused refused(int errno) {
    return errno == SystemCallFailed.ENOENT || errno == SystemCallFailed.ENXIO
        ? new Refused(new Failure.Conflict("the process does not run, or its monitor is gone"))
        : new Refused(new Failure.Internal(Libc.strerror(errno)));
  }
}
