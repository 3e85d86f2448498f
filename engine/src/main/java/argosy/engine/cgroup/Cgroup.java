package argosy.engine.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The control group of a running process, in whichever version the host has. */
public sealed interface Cgroup permits CgroupV1, CgroupV2 {
  Path ROOT = Path.of("/sys/fs/cgroup");

  /** What its processes use now; throws {@link java.io.UncheckedIOException} when it is gone. */
  Usage usage();

  /** Stops every process in it and waits until they stand. */
  void freeze();

  void thaw();

  boolean isFrozen();

  /** Changes limits: all, or none when the kernel refuses one, which throws Refused. Blocks. */
  void change(LimitChange change);

  /** 1 or 2: what this host has under {@link #ROOT}. */
  static int version() {
    return Files.exists(ROOT.resolve("cgroup.controllers")) ? 2 : 1;
  }

  /** A cgroup2 mount beside v1 hierarchies, which crun takes for a layout it does not know. */
  static Optional<Path> strayUnified() {
    Path unified = ROOT.resolve("unified");
    return version() == 1 && Files.exists(unified.resolve("cgroup.controllers"))
        ? Optional.of(unified)
        : Optional.empty();
  }

  /** The group a process is in; empty when the process is gone. */
  static Optional<Cgroup> of(int pid) {
    try {
      Map<String, Path> directories =
          directories(Files.readAllLines(Path.of("/proc/" + pid + "/cgroup")), ROOT);
      return version() == 2
          ? Optional.ofNullable(directories.get("")).map(CgroupV2::new)
          : Optional.of(new CgroupV1(directories));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /** Directories by controller, "" for the unified hierarchy, from {@code /proc/PID/cgroup}. */
  static Map<String, Path> directories(List<String> lines, Path root) {
    Map<String, Path> directories = new HashMap<>();
    for (String line : lines) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3) {
        for (String controller : parts[1].split(",")) {
          Path above = controller.isEmpty() ? root : root.resolve(controller);
          directories.put(controller, above.resolve(parts[2].substring(1)));
        }
      }
    }
    return directories;
  }
}
