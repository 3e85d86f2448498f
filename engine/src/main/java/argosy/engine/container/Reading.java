package argosy.engine.container;

import argosy.engine.cgroup.Cgroup;
import argosy.engine.cgroup.HostUsage;
import argosy.engine.cgroup.Usage;
import argosy.engine.container.Stats.Link;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads once what a container's processes use; blocks. */
record Reading(String id, String name, int pid, boolean hostNetwork) {

  /** The sample of a container that does not run. */
  static Stats idle(String id, String name) {
    return new Stats(id, name, Instant.EPOCH, null, null, 0, 0, 0, Map.of());
  }

  /** A sample; an idle one when the process is gone meanwhile. */
  Stats take(@Nullable Stats before, Instant now) {
    try {
      Usage usage = Cgroup.of(pid).map(Cgroup::usage).orElse(null);
      if (usage == null) {
        return idle(id, name);
      }
      HostUsage host = HostUsage.now();
      Long own = usage.memoryLimit();
      long limit = own == null || own <= 0 || own > host.memory() ? host.memory() : own;
      return new Stats(
          id,
          name,
          now,
          before == null ? null : alone(before),
          usage,
          host.systemCpu(),
          host.onlineCpus(),
          limit,
          hostNetwork ? Map.of() : links(Files.readAllLines(Path.of("/proc/" + pid + "/net/dev"))));
    } catch (IOException | UncheckedIOException gone) {
      return idle(id, name);
    }
  }

  /** Without the one before it, so that no chain of samples is kept. */
  private static Stats alone(Stats sample) {
    return new Stats(
        sample.id(),
        sample.name(),
        sample.read(),
        null,
        sample.usage(),
        sample.systemCpu(),
        sample.onlineCpus(),
        sample.memoryLimit(),
        sample.networks());
  }

  /** The interfaces of {@code /proc/PID/net/dev}, the loopback left out. */
  static Map<String, Link> links(List<String> lines) {
    var links = new HashMap<String, Link>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? "" : line.substring(0, colon).strip();
      if (!name.isEmpty() && !name.equals("lo")) {
        String[] words = line.substring(colon + 1).strip().split("\\s+");
        links.put(
            name,
            new Link(
                number(words, 0),
                number(words, 1),
                number(words, 2),
                number(words, 3),
                number(words, 8),
                number(words, 9),
                number(words, 10),
                number(words, 11)));
      }
    }
    return Map.copyOf(links);
  }

  private static long number(String[] words, int index) {
    return index < words.length ? Long.parseLong(words[index]) : 0;
  }
}
