package argosy.engine.network;

import argosy.engine.dns.NameService;
import argosy.engine.spec.NetworkSpec.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The lines of a container's {@code /etc/resolv.conf}: the host's, with what the user said in their
 * place. Pure.
 */
final class ResolvConf {
  /** What Docker falls back on when the host has no name server a container could reach. */
  private static final List<String> PUBLIC = List.of("8.8.8.8", "8.8.4.4");

  private ResolvConf() {}

  /**
   * {@code host}: the lines of the host's file; {@code isolated}: false for host networking, whose
   * loopback is the host's.
   */
  static List<String> of(List<String> host, Names names, boolean isolated) {
    var lines = new ArrayList<String>();
    List<String> servers = names.dns().isEmpty() ? servers(host, isolated) : names.dns();
    servers.forEach(server -> lines.add("nameserver " + server));
    add(lines, "search", names.dnsSearch().isEmpty() ? words(host, "search") : search(names));
    add(
        lines,
        "options",
        names.dnsOptions().isEmpty() ? words(host, "options") : names.dnsOptions());
    return List.copyOf(lines);
  }

  /** The same where the engine itself is the name server, and asks the others. */
  static List<String> ofOwn(List<String> host, Names names) {
    var lines = new ArrayList<>(List.of("nameserver " + NameService.ADDRESS));
    add(lines, "search", names.dnsSearch().isEmpty() ? words(host, "search") : search(names));
    var options =
        new ArrayList<>(names.dnsOptions().isEmpty() ? words(host, "options") : names.dnsOptions());
    if (options.stream().noneMatch(option -> option.startsWith("ndots:"))) {
      options.add("ndots:0");
    }
    add(lines, "options", options);
    return List.copyOf(lines);
  }

  /** The name servers that the host asks, or the public ones where it names none. */
  static List<String> servers(List<String> host) {
    List<String> all = words(host, "nameserver");
    return all.isEmpty() ? PUBLIC : all;
  }

  private static List<String> servers(List<String> host, boolean isolated) {
    List<String> all = words(host, "nameserver");
    if (!isolated) {
      return all;
    }
    List<String> reachable = all.stream().filter(ResolvConf::isReachable).toList();
    return reachable.isEmpty() ? PUBLIC : reachable;
  }

  /** A container has a loopback of its own, and no IPv6 yet. */
  private static boolean isReachable(String server) {
    return !server.startsWith("127.") && !server.contains(":");
  }

  /** {@code --dns-search .} means none. */
  private static List<String> search(Names names) {
    return names.dnsSearch().stream().filter(domain -> !domain.equals(".")).toList();
  }

  private static List<String> words(List<String> host, String keyword) {
    return host.stream()
        .map(String::strip)
        .filter(line -> line.matches(keyword + "\\s.*"))
        .flatMap(line -> Stream.of(line.substring(keyword.length()).strip().split("\\s+")))
        .toList();
  }

  private static void add(List<String> lines, String keyword, List<String> words) {
    if (!words.isEmpty()) {
      lines.add(keyword + " " + String.join(" ", words));
    }
  }
}
