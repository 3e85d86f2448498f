package argosy.engine.linux;

import java.util.Locale;

/** What the kernel's interface has differently from one processor architecture to the next. */
public enum Arch {
  AMD64("x86_64", 0x10000, 0x20000, 12),
  ARM64("aarch64", 0x4000, 0x8000, 16);

  /** This machine's. */
  public static final Arch CURRENT = of(System.getProperty("os.arch", ""));

  private final String machine;
  private final int oDirectory;
  private final int oNoFollow;
  private final int epollEventBytes;

  Arch(String machine, int oDirectory, int oNoFollow, int epollEventBytes) {
    this.machine = machine;
    this.oDirectory = oDirectory;
    this.oNoFollow = oNoFollow;
    this.epollEventBytes = epollEventBytes;
  }

  /** The name {@code uname -m} answers. */
  public String machine() {
    return machine;
  }

  /** The name image indexes and Docker use. */
  public String ociName() {
    return name().toLowerCase(Locale.ROOT);
  }

  int oDirectory() {
    return oDirectory;
  }

  int oNoFollow() {
    return oNoFollow;
  }

  /** {@code struct epoll_event} is packed on x86_64 only. */
  int epollEventBytes() {
    return epollEventBytes;
  }

  private static Arch of(String property) {
    return switch (property) {
      case "amd64", "x86_64" -> AMD64;
      case "aarch64", "arm64" -> ARM64;
      default ->
          throw new UnsupportedOperationException(
              "Argosy runs on amd64 and arm64, not on " + property);
    };
  }
}
