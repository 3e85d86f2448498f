package argosy.engine.linux;

/** A system call's refusal: which call, on what, and the kernel's error number. */
public final class SystemCallFailed extends RuntimeException {
  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int ESRCH = 3;
  public static final int EINTR = 4;
  public static final int ENXIO = 6;
  public static final int EBADF = 9;
  public static final int EAGAIN = 11;
  public static final int EACCES = 13;
  public static final int EBUSY = 16;
  public static final int EEXIST = 17;
  public static final int ENODEV = 19;
  public static final int ENOTDIR = 20;
  public static final int EISDIR = 21;
  public static final int EINVAL = 22;
  public static final int ENOSPC = 28;
  public static final int EROFS = 30;
  public static final int EPIPE = 32;
  public static final int ERANGE = 34;
  public static final int ENAMETOOLONG = 36;
  public static final int ENOSYS = 38;
  public static final int ENOTEMPTY = 39;
  public static final int ELOOP = 40;
  public static final int ENODATA = 61;
  public static final int EOPNOTSUPP = 95;
  public static final int EPROTONOSUPPORT = 93;
  public static final int EADDRINUSE = 98;
  public static final int EADDRNOTAVAIL = 99;
  public static final int ECONNRESET = 104;
  public static final int ENOTCONN = 107;
  public static final int ECONNREFUSED = 111;

  private final String call;
  private final int errno;
  private final String sentence;

  /** {@code call}: the call's name, with what it was about where that helps the reader. */
  public SystemCallFailed(String call, int errno) {
    String text = call + ": " + Libc.strerror(errno);
    super(text);
    sentence = text;
    this.call = call;
    this.errno = errno;
  }

  @Override
  public String getMessage() {
    return sentence;
  }

  public String call() {
    return call;
  }

  public int errno() {
    return errno;
  }

  public boolean is(int number) {
    return errno == number;
  }
}
