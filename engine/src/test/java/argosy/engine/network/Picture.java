package argosy.engine.network;

import argosy.engine.dns.NameService;
import argosy.engine.netlink.Wiring;
import argosy.engine.network.NetworkRequest.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * All that can be seen of a host's networks, in the daemon, on its disk and in the kernel, as
 * sorted lines. What is drawn by lot, ids and the names that are made of them, is called after its
 * owner, so that pictures of two hosts can be compared.
 */
record Picture(List<String> lines) {
  private static final Pattern LINK =
      Pattern.compile("\\d+: ([^:@]+)[^:]*: <([^>]*)> mtu (\\d+)(?:.* master (\\S+))?.*");
  private static final Pattern ADDRESS = Pattern.compile("\\d+: (\\S+) +(inet6? \\S+).*");
  private static final Pattern ELEMENTS = Pattern.compile("elements = \\{([^}]*)\\}");
  private static final String LINES =
      "ip -o link; ip -o addr; ip route | sed 's/^/route /'; ip -6 route | sed 's/^/route /'"
          + "; ss -Htuln | awk '{print \"socket\", $1, $5}'";

  static Picture of(MortalHost host) {
    var networks = host.networks();
    var names = names(host, networks);
    var lines = new ArrayList<String>();
    networks.forEach(network -> describe(network, lines));
    inside("host", host.namespace, lines);
    host.sandboxes()
        .forEach((container, sandbox) -> {
          lines.add(container + " has " + sandbox.ports());
          var own = new ArrayList<String>();
          inside(container, Path.of(sandbox.path()), own);
          if (!sandbox.resolvConf().contains("nameserver " + NameService.ADDRESS)) {
            own.removeIf(line -> line.contains(" rule ")); // leads nobody anywhere
          }
          lines.addAll(own);
        });
    files(host.root.resolve("data/networks"), lines);
    files(host.root.resolve("exec/netns"), lines);
    mounts(host, lines);
    return new Picture(lines.stream().map(line -> named(line, names)).sorted().toList());
  }

  /** What stands for itself, by what is drawn by lot. */
  private static Map<String, String> names(MortalHost host, List<Network> networks) {
    var names = new HashMap<String, String>();
    for (Network network : networks) {
      names.put("br-" + network.id().substring(0, 12), "br-" + network.name());
      names.put(network.id(), "id of " + network.name());
    }
    host.sandboxes()
        .forEach((container, sandbox) -> {
          String file = String.valueOf(Path.of(sandbox.path()).getFileName());
          for (int number = 0; number < 4; number++) {
            names.put(Wiring.link(file, number), "link " + number + " of " + container);
          }
          names.put(file, "namespace of " + container);
        });
    return names;
  }

  private static String named(String line, Map<String, String> names) {
    String text = line;
    for (var name : names.entrySet()) {
      text = text.replace(name.getKey(), name.getValue());
    }
    return text.replaceAll("argo[0-9a-f]{11}", "link of nobody")
        .replaceAll("netns/[0-9a-f]{16}", "netns/of nobody");
  }

  private static void describe(Network network, List<String> lines) {
    lines.add("network %s %s %s".formatted(network.name(), network.pools(), network.labels()));
    network
        .endpoints()
        .forEach((container, endpoint) ->
            lines.add(
                "%s is in %s as %s %s %s %s %s"
                    .formatted(
                        container,
                        network.name(),
                        endpoint.interfaceName(),
                        endpoint.mac(),
                        endpoint.ipv4(),
                        endpoint.ipv6(),
                        endpoint.dnsNames())));
  }

  private static void inside(String where, Path namespace, List<String> lines) {
    if (Files.exists(namespace)) {
      String text = TestNamespaces.in(namespace.toString(), LINES + "; nft list ruleset");
      int rules = text.indexOf("table ");
      seen(where, rules < 0 ? text : text.substring(0, rules), lines);
      rules(where, rules < 0 ? "" : text.substring(rules), lines);
    }
  }

  private static void seen(String where, String text, List<String> lines) {
    for (String line : text.lines().toList()) {
      Matcher link = LINK.matcher(line);
      Matcher address = ADDRESS.matcher(line);
      if (line.startsWith("socket ")) {
        lines.add(where + " " + line.replaceAll("127.0.0.11:\\d+", "desk"));
      } else if (line.startsWith("route ")) {
        if (!line.contains("fe80:") && !line.contains("multicast")) {
          lines.add(where + " " + line.replace(" linkdown", "").strip());
        }
      } else if (link.matches()) {
        boolean up = List.of(link.group(2).split(",")).contains("UP");
        lines.add(
            "%s link %s %s mtu %s in %s"
                .formatted(where, link.group(1), up, link.group(3), link.group(4)));
      } else if (address.matches() && !line.contains("inet6 fe80:")) {
        lines.add(where + " address " + address.group(1) + " " + address.group(2));
      }
    }
  }

  /** Each rule with its chain: their order depends on ids. */
  private static void rules(String where, String text, List<String> lines) {
    String chain = "";
    for (String line : ELEMENTS.matcher(text).replaceAll(Picture::sorted).lines().toList()) {
      String rule = line.strip();
      if (rule.startsWith("chain ") || rule.startsWith("map ") || rule.startsWith("table ")) {
        chain = rule;
      }
      lines.add(where + " rule " + chain + " " + rule.replaceAll("127.0.0.11:\\d+", "desk"));
    }
  }

  private static String sorted(java.util.regex.MatchResult elements) {
    var all = Stream.of(elements.group(1).split(",")).map(String::strip).sorted().toList();
    return "elements " + String.join(", ", all);
  }

  private static void files(Path directory, List<String> lines) {
    try (var files = Files.walk(directory)) {
      files.forEach(file -> lines.add("file " + directory.resolveSibling("").relativize(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void mounts(MortalHost host, List<String> lines) {
    String netns = host.root.resolve("exec/netns") + "/";
    try (var mounts = Files.lines(Path.of("/proc/self/mountinfo"))) {
      mounts
          .map(line -> line.split(" ")[4])
          .filter(mount -> mount.startsWith(netns))
          .forEach(mount -> lines.add("mount netns/" + mount.substring(netns.length())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is only here, and what is only there. */
  String against(Picture other) {
    var here = new ArrayList<>(lines);
    other.lines().forEach(here::remove);
    var there = new ArrayList<>(other.lines());
    lines.forEach(there::remove);
    return "too much: " + String.join("\n  ", here) + "\nmissing: " + String.join("\n  ", there);
  }
}
