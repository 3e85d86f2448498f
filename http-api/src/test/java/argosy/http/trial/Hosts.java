package argosy.http.trial;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Test hosts: network namespaces on a switch, with names and addresses of their own for each set.
 */
final class Hosts implements AutoCloseable {
  private final String prefix;
  private final String net;
  private final List<String> made = new ArrayList<>();

  /** {@code set}: a number from 1 to 99, unlike any other set's that exists at the same time. */
  Hosts(int set, int count) {
    this.prefix = "argosy-it" + set + "-" + ProcessHandle.current().pid() + "-";
    this.net = "10.214." + set;
    removeLeftovers("argosy-it" + set + "-");
    add("switch");
    in("switch", "ip", "link", "add", "switch", "type", "bridge");
    in("switch", "ip", "link", "set", "switch", "up");
    for (int n = 0; n <= count; n++) {
      host(n);
    }
  }

  /** Host 0 is the hub, where the registry and outside clients are. */
  String address(int host) {
    return net + "." + (10 + host);
  }

  /** A command inside a host. */
  List<String> inside(int host, List<String> command) {
    var all = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + prefix + "h" + host));
    all.addAll(command);
    return all;
  }

  private void host(int n) {
    String name = "h" + n;
    add(name);
    in(
        name,
        "ip",
        "link",
        "add",
        "eth0",
        "type",
        "veth",
        "peer",
        "name",
        "p" + n,
        "netns",
        prefix + "switch");
    in(name, "ip", "addr", "add", address(n) + "/24", "dev", "eth0");
    in(name, "ip", "link", "set", "eth0", "up");
    in("switch", "ip", "link", "set", "p" + n, "master", "switch", "up");
  }

  private void add(String name) {
    Shell.run(List.of("ip", "netns", "add", prefix + name)).ok();
    made.add(prefix + name);
    in(name, "ip", "link", "set", "lo", "up");
  }

  private void in(String name, String... command) {
    var all = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + prefix + name));
    all.addAll(List.of(command));
    Shell.run(all).ok();
  }

  /** Of runs that ended without closing; another run of this set may be alive beside us. */
  private static void removeLeftovers(String ofThisSet) {
    for (String line : Shell.run(List.of("ip", "netns", "list")).ok().lines().toList()) {
      String name = line.split(" ", 2)[0];
      if (name.startsWith(ofThisSet) && !isAlive(name.substring(ofThisSet.length()))) {
        Shell.run(List.of("ip", "netns", "delete", name)).ok();
      }
    }
  }

  private static boolean isAlive(String pidAndHost) {
    return ProcessHandle.of(Long.parseLong(pidAndHost.split("-", 2)[0])).isPresent();
  }

  @Override
  public void close() {
    made.forEach(name -> Shell.run(List.of("ip", "netns", "delete", name)).ok());
    made.forEach(name -> {
      if (Files.exists(Path.of("/run/netns", name))) {
        throw new AssertionError("left behind: " + name);
      }
    });
  }
}
