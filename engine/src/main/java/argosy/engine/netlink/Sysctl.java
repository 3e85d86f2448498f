package argosy.engine.netlink;

import argosy.engine.linux.FailPoint;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The kernel's network switches, of the network namespace of the thread that asks. */
final class Sysctl {
  private static final Path ROOT = Path.of("/proc/sys/net");

  private Sysctl() {}

  /** {@code name}: below {@code /proc/sys/net}. */
  static boolean exists(String name) {
    return Files.exists(ROOT.resolve(name));
  }

  /**
   * The name below {@code /proc/sys/net} of {@code net.ipv4.conf.eth0.forwarding}, as sysctl(8).
   */
  static String path(String key) {
    return key.substring("net.".length()).replace('.', '/');
  }

  /** One read only: the kernel ends such a file after it, and readString starts with one byte. */
  static String read(String name) {
    byte[] buffer = new byte[256];
    try (var file = new FileInputStream(ROOT.resolve(name).toFile())) {
      int length = file.read(buffer);
      return new String(buffer, 0, Math.max(0, length), StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("can not read " + name + ": " + e, e);
    }
  }

  static void enable(String name) {
    set(name, "1");
  }

  /** Writes nothing when it is so already: a read-only /proc/sys is no matter then. */
  static void set(String name, String value) {
    if (!read(name).equals(value)) {
      FailPoint.before("set", name);
      try {
        Files.writeString(ROOT.resolve(name), value);
      } catch (IOException e) {
        throw new UncheckedIOException("can not set " + name + " to " + value + ": " + e, e);
      }
    }
  }
}
