package argosy.engine.netlink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether the host passes packets on between its interfaces (ip-sysctl in the kernel's manual). */
final class IpForwarding {
  private static final Path SIX = Path.of("/proc/sys/net/ipv6/conf");
  private static final String SIX_FORWARDING = "ipv6/conf/all/forwarding";

  private IpForwarding() {}

  static void four() {
    Sysctl.enable("ipv4/ip_forward");
  }

  /**
   * A host that passes IPv6 on no longer listens to routers, which would cost it its own default
   * route: interfaces that listened until now are told to go on.
   */
  static void six() {
    if (!Sysctl.exists(SIX_FORWARDING)) {
      throw new IllegalStateException("this kernel has no IPv6: make the network without --ipv6");
    }
    if (!Sysctl.read(SIX_FORWARDING).equals("1")) {
      for (String link : interfaces()) {
        String listens = "ipv6/conf/" + link + "/accept_ra";
        if (Sysctl.read(listens).equals("1")) {
          Sysctl.set(listens, "2");
        }
      }
      Sysctl.enable(SIX_FORWARDING);
    }
  }

  private static List<String> interfaces() {
    try (var all = Files.list(SIX)) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> !name.equals("all"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("can not list the interfaces: " + e, e);
    }
  }
}
