package argosy.engine.linux;

/** The C library's functions for sockets, bound and answering as in {@link Libc}. */
public final class SocketCalls {
  static {
    Libc.bind(SocketCalls.class);
  }

  private SocketCalls() {}

  public static native int socket(int domain, int type, int protocol);

  public static native int bind(int fd, byte[] address, int length);

  public static native int connect(int fd, byte[] address, int length);

  public static native int listen(int fd, int backlog);

  public static native int setsockopt(int fd, int level, int name, byte[] value, int length);

  public static native long send(int fd, byte[] buffer, long count, int flags);

  public static native long recv(int fd, byte[] buffer, long count, int flags);

  public static native int shutdown(int fd, int how);
}
