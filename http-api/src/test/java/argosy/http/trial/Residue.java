package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What lies about on the machine beyond what a daemon's listed containers own, and what they should
 * own and do not.
 *
 * @param cgroupParent below which all its containers' control groups are
 */
record Residue(Daemon daemon, Path root, Hosts hosts, String cgroupParent) {
  /** Namespaces that are kept ready for the next containers. */
  private static final int POOL = 4;

  private static final List<String> HIERARCHIES =
      List.of("memory", "pids", "freezer", "devices", "");

  /** A running container, as inspect shows it. */
  private record Running(
      String id, int pid, String namespace, String address, Set<String> hostPorts) {
    static Running of(JsonNode inspected) {
      var ports = new HashSet<String>();
      inspected
          .path("NetworkSettings")
          .path("Ports")
          .forEach(bindings ->
              bindings.forEach(binding -> ports.add(binding.path("HostPort").asText())));
      return new Running(
          inspected.path("Id").asText(),
          inspected.path("State").path("Pid").asInt(),
          inspected.at("/NetworkSettings/SandboxKey").asText(),
          inspected.at("/NetworkSettings/Networks/bridge/IPAddress").asText(),
          ports);
    }
  }

  /** Sentences about everything that should not be; empty when all is well. */
  List<String> look(List<JsonNode> inspected) {
    var wrong = new ArrayList<String>();
    var ids = new TreeSet<String>();
    inspected.forEach(it -> ids.add(it.path("Id").asText()));
    var running =
        inspected.stream()
            .filter(it -> it.path("State").path("Running").asBoolean())
            .map(Running::of)
            .toList();
    var alive = new TreeSet<String>();
    running.forEach(it -> alive.add(it.id()));
    same(wrong, "directories of containers", alive, ids, names(root.resolve("data/containers")));
    same(wrong, "mounted roots", alive, alive, mounts());
    same(wrong, "bundles", alive, alive, names(root.resolve("run/bundles")));
    same(wrong, "exit files", Set.of(), alive, names(root.resolve("run/exits")));
    names(root.resolve("run/runtimes"))
        .forEach(runtime ->
            same(
                wrong,
                "notes of " + runtime,
                Set.of(),
                alive,
                names(root.resolve("run/runtimes/" + runtime))));
    same(wrong, "monitors", alive, alive, monitors(wrong));
    cgroups()
        .forEach((where, found) -> same(wrong, "control groups in " + where, alive, alive, found));
    halfWritten(wrong);
    processes(wrong, running);
    network(wrong, running);
    return wrong;
  }

  private static void same(
      List<String> wrong, String what, Set<String> needed, Set<String> allowed, Set<String> found) {
    var missing = new TreeSet<>(needed);
    missing.removeAll(found);
    var extra = new TreeSet<>(found);
    extra.removeAll(allowed);
    missing.forEach(it -> wrong.add(what + ": missing for " + it));
    extra.forEach(it -> wrong.add(what + ": left over " + it));
  }

  private static Set<String> names(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      var names = new TreeSet<String>();
      files.forEach(file -> names.add(file.getFileName().toString()));
      return names;
    } catch (IOException none) {
      return Set.of();
    }
  }

  private Set<String> mounts() {
    var ids = new TreeSet<String>();
    for (String mount : daemon.mountsLeft()) {
      String inside = root.resolve("data/containers").relativize(Path.of(mount)).toString();
      ids.add(inside.endsWith("/merged") ? inside.substring(0, inside.length() - 7) : mount);
    }
    return ids;
  }

  private Set<String> monitors(List<String> wrong) {
    var ids = new TreeSet<String>();
    for (String line : daemon.processesLeft()) {
      var words = List.of(line.split(" "));
      boolean exec = words.contains("-e");
      String id = words.get(words.indexOf("-c") + 1);
      if (!exec && !ids.add(id)) {
        wrong.add("two monitors for " + id);
      }
    }
    return ids;
  }

  private Map<String, Set<String>> cgroups() {
    var found = new HashMap<String, Set<String>>();
    for (String hierarchy : HIERARCHIES) {
      Path parent = Path.of("/sys/fs/cgroup", hierarchy, cgroupParent);
      if (Files.isDirectory(parent)) {
        var groups = new TreeSet<String>();
        names(parent).stream()
            .filter(name -> Files.isDirectory(parent.resolve(name)))
            .forEach(groups::add);
        found.put(parent.toString(), groups);
      }
    }
    return found;
  }

  /** The parent that the test has chosen, and that nobody else uses. */
  void removeControlGroups() {
    for (String hierarchy : names(Path.of("/sys/fs/cgroup"))) {
      Path above = Path.of("/sys/fs/cgroup", hierarchy);
      Path group = above.resolve(cgroupParent);
      if (!Files.isSymbolicLink(above) && Files.isDirectory(group)) {
        assertTrue(group.toFile().delete(), "not empty: " + group);
      }
    }
    Path unified = Path.of("/sys/fs/cgroup", cgroupParent);
    assertTrue(!Files.isDirectory(unified) || unified.toFile().delete(), "not empty: " + unified);
  }

  private void halfWritten(List<String> wrong) {
    try (Stream<Path> files =
        Files.find(
            root.resolve("data/containers"),
            2,
            (file, _) ->
                file.toString().endsWith(".new") || file.toString().endsWith(".corrupt"))) {
      files.forEach(file -> wrong.add("half written: " + file));
    } catch (IOException | java.io.UncheckedIOException vanished) {
      wrong.add("changing while we look: " + vanished.getMessage());
    }
  }

  private static void processes(List<String> wrong, List<Running> running) {
    for (Running container : running) {
      String groups = text(Path.of("/proc", Integer.toString(container.pid()), "cgroup"));
      if (!groups.contains(container.id())) {
        wrong.add("its process does not run: " + container);
      }
    }
  }

  private void network(List<String> wrong, List<Running> running) {
    var files = names(root.resolve("run/netns"));
    var used = new TreeSet<String>();
    running.forEach(it -> used.add(Path.of(it.namespace()).getFileName().toString()));
    var missing = new TreeSet<>(used);
    missing.removeAll(files);
    missing.forEach(it -> wrong.add("no namespace " + it));
    if (files.size() > used.size() + POOL) {
      wrong.add("%d namespaces for %d containers".formatted(files.size(), used.size()));
    }
    var links = new TreeSet<String>();
    in("ip", "-o", "link")
        .lines()
        .map(line -> line.split(": ")[1].split("@")[0])
        .filter(name -> name.matches("argo[0-9a-f]{11}"))
        .forEach(links::add);
    var owned = new TreeSet<String>();
    files.forEach(file -> owned.add("argo" + file.substring(0, 10) + "0"));
    same(wrong, "links", Set.of(), owned, links);
    var addresses = new TreeSet<String>();
    running.stream()
        .filter(it -> it.address().isEmpty() || !addresses.add(it.address()))
        .forEach(it -> wrong.add("no address of its own: " + it));
    var ports = new TreeSet<String>();
    running.forEach(it -> ports.addAll(it.hostPorts()));
    same(wrong, "published ports", ports, ports, publishedPorts());
  }

  private Set<String> publishedPorts() {
    var ports = new TreeSet<String>();
    var element = java.util.regex.Pattern.compile("(\\d+) : \\d+\\.\\d+\\.\\d+\\.\\d+ \\. \\d+");
    var matcher = element.matcher(in("nft", "list", "map", "inet", "argosy", "tcp_any"));
    while (matcher.find()) {
      ports.add(matcher.group(1));
    }
    return ports;
  }

  private String in(String... command) {
    return Shell.run(hosts.inside(1, List.of(command))).ok();
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException gone) {
      return "";
    }
  }
}
