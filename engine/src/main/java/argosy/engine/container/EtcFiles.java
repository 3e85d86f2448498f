package argosy.engine.container;

import argosy.engine.container.mount.ResolvedMount;
import argosy.engine.network.Endpoint;
import argosy.engine.network.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files that the engine writes for a container: {@code /etc/hosts}, {@code /etc/hostname},
 * {@code /etc/resolv.conf}.
 */
final class EtcFiles {
  private static final String CONTAINER = "container:";
  private static final List<String> LOCAL =
      List.of(
          "127.0.0.1\tlocalhost",
          "::1\tlocalhost ip6-localhost ip6-loopback",
          "fe00::0\tip6-localnet",
          "ff00::0\tip6-mcastprefix",
          "ff02::1\tip6-allnodes",
          "ff02::2\tip6-allrouters");

  private EtcFiles() {}

  /**
   * Writes them into the container's directory; blocks. {@code links}: further lines of the hosts
   * file.
   */
  static void write(
      Path directory,
      ContainerRecord record,
      String hostname,
      Sandbox sandbox,
      List<String> links) {
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("hostname"), hostname + "\n");
      Files.writeString(directory.resolve("hosts"), lines(hosts(record, hostname, sandbox, links)));
      Files.writeString(directory.resolve("resolv.conf"), lines(sandbox.resolvConf()));
    } catch (IOException e) {
      throw new UncheckedIOException("can not write the container's /etc files: " + e, e);
    }
  }

  /**
   * Brings the files of a running container up to date with its networks; what somebody else wrote
   * into them stays. Blocks.
   */
  static void rewrite(Path directory, ContainerRecord record, Sandbox before, Sandbox after) {
    try {
      Path file = directory.resolve("hosts");
      String names = names(record, record.spec().identity().hostname());
      var lines = new ArrayList<>(Files.readAllLines(file));
      List<String> old = own(before, names);
      List<String> fresh = own(after, names);
      old.stream().filter(line -> !fresh.contains(line)).forEach(lines::remove);
      fresh.stream().filter(line -> !lines.contains(line)).forEach(lines::add);
      Files.writeString(file, lines(lines));
      Path resolver = directory.resolve("resolv.conf");
      if (Files.readString(resolver).equals(lines(before.resolvConf()))) {
        Files.writeString(resolver, lines(after.resolvConf()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can not write the container's /etc files: " + e, e);
    }
  }

  private static String lines(List<String> lines) {
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private static List<String> hosts(
      ContainerRecord record, String hostname, Sandbox sandbox, List<String> links)
      throws IOException {
    var extras = record.spec().network().names().extraHosts();
    // the host's own file, unless something is to be added: Docker then writes one of its own
    boolean hosts = record.spec().network().mode().equals("host") && extras.isEmpty();
    var lines = new ArrayList<>(hosts ? Files.readAllLines(Path.of("/etc/hosts")) : LOCAL);
    for (String extra : extras) {
      int colon = extra.indexOf(':');
      if (colon > 0) {
        lines.add(address(extra.substring(colon + 1), sandbox) + "\t" + extra.substring(0, colon));
      }
    }
    lines.addAll(links);
    lines.addAll(own(sandbox, names(record, hostname)));
    return lines;
  }

  private static String names(ContainerRecord record, String hostname) {
    return names(hostname, record.spec().identity().domainname());
  }

  /** The whole name, and its first part where it has more. */
  static String names(String hostname, String domain) {
    String whole = domain.isEmpty() ? hostname : hostname + "." + domain;
    int dot = whole.indexOf('.');
    return dot < 0 ? whole : whole + " " + whole.substring(0, dot);
  }

  /** The container's own name at each of its addresses. */
  private static List<String> own(Sandbox sandbox, String names) {
    return sandbox.endpoints().stream()
        .flatMap(endpoint -> Stream.of(endpoint.ipv4(), endpoint.ipv6()))
        .filter(address -> !address.isEmpty())
        .map(address -> address + "\t" + names)
        .toList();
  }

  private static String address(String text, Sandbox sandbox) {
    if (!text.equals("host-gateway")) {
      return text.replaceAll("^\\[(.*)]$", "$1");
    }
    return sandbox.endpoints().stream()
        .map(Endpoint::gateway)
        .filter(gateway -> !gateway.isEmpty())
        .findFirst()
        .orElse("127.0.0.1");
  }

  /**
   * The mounts that bring them in, where the user mounts nothing else at their place. One that
   * shares another container's network shares that one's files.
   */
  static List<ResolvedMount> mounts(Path own, ContainerRecord record) {
    String mode = record.spec().network().mode();
    Path directory =
        mode.startsWith(CONTAINER) ? own.resolveSibling(mode.substring(CONTAINER.length())) : own;
    var mounts = new ArrayList<ResolvedMount>();
    for (String name : List.of("resolv.conf", "hostname", "hosts")) {
      String destination = "/etc/" + name;
      boolean taken =
          record.mounts().stream()
              .anyMatch(mount -> mount.point().destination().equals(destination));
      if (!taken) {
        String source = directory.resolve(name).toString();
        boolean writable = !record.spec().security().readonlyRootfs();
        mounts.add(ResolvedMount.unlisted(source, destination, writable));
      }
    }
    return mounts;
  }
}
