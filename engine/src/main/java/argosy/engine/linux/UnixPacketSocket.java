package argosy.engine.linux;

import static argosy.engine.linux.Libc.check;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** AF_UNIX sockets that keep packets whole, which the JDK does not have; never blocking. */
public final class UnixPacketSocket {
  private static final int AF_UNIX = 1;
  private static final int SEQPACKET = 5;
  private static final int ADDRESS = 110;

  private UnixPacketSocket() {}

  /**
   * Connects to a socket by name in a directory, however long the directory's path is: a socket's
   * address holds 107 bytes, so the directory is reached through a descriptor.
   *
   * @return the descriptor, non-blocking
   */
  public static int connect(Path directory, String name) {
    int parent =
        check(
            "open " + directory,
            Libc.open(directory.toString(), Libc.O_PATH | Libc.O_DIRECTORY | Libc.O_CLOEXEC, 0));
    try {
      int fd = check("socket", SocketCalls.socket(AF_UNIX, SEQPACKET | Libc.O_CLOEXEC, 0));
      byte[] address = address("/proc/self/fd/" + parent + "/" + name);
      if (SocketCalls.connect(fd, address, address.length) == -1) {
        int errno = Libc.errno();
        Libc.close(fd);
        throw new SystemCallFailed("connect " + directory.resolve(name), errno);
      }
      check("fcntl", Libc.fcntl(fd, 4, Libc.O_NONBLOCK));
      return fd;
    } finally {
      Libc.close(parent);
    }
  }

  private static byte[] address(String path) {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    byte[] address = Arrays.copyOf(new byte[] {AF_UNIX, 0}, ADDRESS);
    if (java.nio.ByteOrder.nativeOrder() == java.nio.ByteOrder.BIG_ENDIAN) {
      throw new UnsupportedOperationException("no big-endian machine is supported");
    }
    System.arraycopy(name, 0, address, 2, name.length);
    return address;
  }
}
