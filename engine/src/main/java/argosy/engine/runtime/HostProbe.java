package argosy.engine.runtime;

import argosy.engine.cgroup.Cgroup;
import argosy.engine.linux.Arch;
import argosy.engine.oci.CapabilitySet;
import argosy.engine.oci.DeviceNode;
import argosy.engine.oci.HostFacts;
import argosy.engine.oci.HostFacts.Kernel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads from this host what a container's configuration depends on. */
public final class HostProbe {
  private static final List<String> INITS =
      List.of("docker-init", "tini", "tini-static", "catatonit");
  private static final int S_IFMT = 0170000;
  private static final int S_IFCHR = 0020000;
  private static final int S_IFBLK = 0060000;

  /** What does not change while the host is up is read once. */
  private static final class Once {
    static final HostFacts FACTS = read();
  }

  private HostProbe() {}

  /** The host without its device files, which few containers need. */
  public static HostFacts facts() {
    return Once.FACTS;
  }

  /** The host's name as it is now. */
  public static String hostname() {
    return text("/proc/sys/kernel/hostname").strip();
  }

  /** With every device file under /dev as it is now, for a privileged container. */
  public static HostFacts factsWithDevices() {
    HostFacts facts = Once.FACTS;
    return new HostFacts(
        facts.cgroupVersion(),
        facts.machine(),
        facts.kernel(),
        facts.apparmor(),
        facts.initPath(),
        facts.capabilities(),
        devices(Path.of("/dev")));
  }

  /** The device file at a path, links followed; empty when there is none. */
  public static Optional<DeviceNode> device(Path path) {
    try {
      Map<String, Object> all = Files.readAttributes(path, "unix:mode,rdev,uid,gid");
      int mode = (int) number(all, "mode");
      int kind = mode & S_IFMT;
      if (kind != S_IFCHR && kind != S_IFBLK) {
        return Optional.empty();
      }
      long device = number(all, "rdev");
      return Optional.of(
          new DeviceNode(
              path.toString(),
              kind == S_IFBLK ? 'b' : 'c',
              (device >>> 8 & 0xfff) | (device >>> 32 & ~0xfffL),
              (device & 0xff) | (device >>> 12 & ~0xffL),
              mode & 07777,
              (int) number(all, "uid"),
              (int) number(all, "gid")));
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  /**
   * Device files of a directory and those in it, without terminals, shared memory and message
   * queues, which are the container's own.
   */
  public static List<DeviceNode> devices(Path directory) {
    Set<String> skipped = Set.of("pts", "shm", "fd", "mqueue", "console", ".lxc", ".lxd-mounts");
    var found = new ArrayList<DeviceNode>();
    try (Stream<Path> children = Files.list(directory)) {
      for (Path child : children.sorted().toList()) {
        boolean real = !Files.isSymbolicLink(child);
        if (real && !skipped.contains(child.getFileName().toString())) {
          if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
            found.addAll(devices(child));
          } else {
            device(child).ifPresent(found::add);
          }
        }
      }
    } catch (NoSuchFileException gone) {
      return List.of();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return List.copyOf(found);
  }

  private static long number(Map<String, Object> attributes, String name) {
    return ((Number) Objects.requireNonNull(attributes.get(name))).longValue();
  }

  private static HostFacts read() {
    return new HostFacts(
        Cgroup.version(),
        Arch.CURRENT.machine(),
        kernel(System.getProperty("os.version", "0")),
        text("/sys/module/apparmor/parameters/enabled").startsWith("Y"),
        INITS.stream()
            .flatMap(name -> RuntimeChoice.program(name).stream())
            .findFirst()
            .map(Path::toString)
            .orElse(null),
        capabilities(text("/proc/self/status")),
        List.of());
  }

  static Kernel kernel(String release) {
    String[] parts = release.split("[^0-9]+");
    return new Kernel(
        Integer.parseInt(parts[0]), parts.length < 2 ? 0 : Integer.parseInt(parts[1]));
  }

  /** Those in the bounding set that this process may also use: nobody can pass on more. */
  static Set<String> capabilities(String status) {
    long bits = bits(status, "CapBnd:") & bits(status, "CapPrm:");
    Set<String> names = new HashSet<>();
    for (int i = 0; i < CapabilitySet.KNOWN.size(); i++) {
      if ((bits >>> i & 1) == 1) {
        names.add(CapabilitySet.KNOWN.get(i));
      }
    }
    return names;
  }

  private static long bits(String status, String field) {
    return status
        .lines()
        .filter(line -> line.startsWith(field))
        .map(line -> Long.parseUnsignedLong(line.substring(field.length()).strip(), 16))
        .findFirst()
        .orElse(0L);
  }

  private static String text(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException none) {
      return "";
    }
  }
}
