package argosy.engine.oci;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.spec.ContainerSpec.Isolation;
import java.util.function.Function;

/** Which namespaces a container gets for itself, shares, or enters. */
public record Namespaces(
    Namespace network, Namespace ipc, Namespace pid, Namespace uts, Namespace cgroup) {

  /** One kind of namespace. */
  public sealed interface Namespace {
    /** A fresh one. */
    record Own() implements Namespace {}

    /** The host's. */
    record Host() implements Namespace {}

    /** Another process's, through a file such as {@code /proc/PID/ns/ipc}. */
    record Entered(String path) implements Namespace {}
  }

  /**
   * Docker's words made definite.
   *
   * @param networkPath the network namespace's file; "" is the host's
   * @param cgroupVersion with cgroup v1 a container shares the host's cgroup namespace unless it
   *     asks for its own, with v2 the other way round
   * @param pidOf the pid of a running container, by reference; it throws when there is none
   * @throws Refused when a word is not one of Docker's
   */
  public static Namespaces of(
      Isolation isolation, String networkPath, int cgroupVersion, Function<String, Integer> pidOf) {
    return new Namespaces(
        networkPath.isEmpty() ? new Namespace.Host() : new Namespace.Entered(networkPath),
        namespace("ipc", "IPC", isolation.ipc(), pidOf),
        namespace("pid", "PID", isolation.pid(), pidOf),
        namespace("uts", "UTS", isolation.uts(), pidOf),
        isolation.cgroupns().isEmpty() && cgroupVersion == 1
            ? new Namespace.Host()
            : namespace("cgroup", "cgroup", isolation.cgroupns(), pidOf));
  }

  private static Namespace namespace(
      String file, String word, String mode, Function<String, Integer> pidOf) {
    if (mode.startsWith("container:")) {
      int pid = pidOf.apply(mode.substring("container:".length()));
      return new Namespace.Entered("/proc/" + pid + "/ns/" + file);
    }
    return switch (mode) {
      case "", "private", "shareable", "none" -> new Namespace.Own();
      case "host" -> new Namespace.Host();
      default -> throw new Refused(new Failure.Invalid("invalid " + word + " mode: " + mode));
    };
  }
}
