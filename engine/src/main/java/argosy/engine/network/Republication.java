package argosy.engine.network;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.network.Sandbox.Published;
import argosy.engine.spec.NetworkSpec;
import argosy.engine.spec.NetworkSpec.Binding;
import argosy.engine.spec.Port;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What becomes of a container's published ports when some are taken away and others added. What was
 * asked for in one goes in one. Pure.
 *
 * @param spec what the container asks for from then on
 * @param gone what it has now and loses
 * @param kept what it has now and keeps
 * @param added what is to be published in addition
 */
record Republication(
    NetworkSpec spec, List<Published> gone, List<Published> kept, Map<Port, List<Binding>> added) {
  private static final Binding ANYWHERE = new Binding("", "");
  private static final Set<String> ANY = Set.of("", "0.0.0.0", "::");

  /** One thing that was asked for, and what it got. */
  record Entry(Port port, Binding asked, List<Published> got) {
    /** The port of the host that it has, else the one that was asked for. */
    String hostPort() {
      return got.stream()
          .filter(Published::isTranslated)
          .findFirst()
          .map(each -> Integer.toString(each.hostPort()))
          .orElse(asked.hostPort());
    }

    /** An empty field of a pattern fits everything, no pattern at all every binding. */
    private boolean fits(Port other, Binding pattern) {
      return port.equals(other)
          && (pattern.hostPort().isEmpty()
              || pattern.hostPort().equals(asked.hostPort())
              || got.stream()
                  .anyMatch(each -> pattern.hostPort().equals(Integer.toString(each.hostPort()))))
          && (pattern.hostIp().isEmpty()
              || pattern.hostIp().equals(asked.hostIp())
              || ANY.contains(pattern.hostIp()) && ANY.contains(asked.hostIp())
              || got.stream().anyMatch(each -> pattern.hostIp().equals(each.hostIp())));
    }

    private boolean clashes(Port other, Binding binding) {
      return port.protocol().equals(other.protocol())
          && isOne(binding)
          && isOne(asked)
          && binding.hostPort().equals(asked.hostPort())
          && (ANY.contains(asked.hostIp())
              || ANY.contains(binding.hostIp())
              || asked.hostIp().equals(binding.hostIp()));
    }

    private static boolean isOne(Binding binding) {
      return !binding.hostPort().isEmpty() && !binding.hostPort().contains("-");
    }
  }

  /** Refuses to take away what is not published, and to publish a port of the host twice. */
  static Republication of(
      NetworkSpec spec,
      List<Published> now,
      Map<Port, List<Binding>> add,
      Map<Port, List<Binding>> remove) {
    checkMode(spec.mode());
    var left = entries(spec, now);
    var gone = new ArrayList<Entry>();
    remove.forEach((port, patterns) -> {
      for (Binding pattern : patterns.isEmpty() ? List.of(ANYWHERE) : patterns) {
        var fitting = left.stream().filter(entry -> entry.fits(port, pattern)).toList();
        if (fitting.isEmpty()) {
          throw notPublished(port, pattern);
        }
        left.removeAll(fitting);
        gone.addAll(fitting);
      }
    });
    var added = new LinkedHashMap<Port, List<Binding>>();
    add.forEach((port, bindings) -> {
      for (Binding binding : bindings.isEmpty() ? List.of(ANYWHERE) : bindings) {
        checkFree(left, port, binding);
        left.add(new Entry(port, binding, List.of()));
        added.computeIfAbsent(port, _ -> new ArrayList<>()).add(binding);
      }
    });
    return new Republication(
        spelled(spec, left), published(gone), published(left), Map.copyOf(added));
  }

  /** With {@code -P} what it publishes is spelled out as soon as it is changed. */
  private static NetworkSpec spelled(NetworkSpec spec, List<Entry> entries) {
    var bindings = new LinkedHashMap<Port, List<Binding>>();
    for (Entry entry : entries) {
      bindings.computeIfAbsent(entry.port(), _ -> new ArrayList<>()).add(entry.asked());
    }
    return spec.publishing(bindings);
  }

  private static List<Published> published(List<Entry> entries) {
    return entries.stream().flatMap(entry -> entry.got().stream()).toList();
  }

  /** What was asked for and what each of it got; what nobody asked for is an entry of its own. */
  static List<Entry> entries(NetworkSpec spec, List<Published> now) {
    var all = new ArrayList<Entry>();
    var rest = new ArrayList<>(now);
    Bindings.of(spec)
        .forEach((port, bindings) -> {
          for (Binding asked : bindings) {
            var got = got(port, asked, rest);
            rest.removeAll(got);
            all.add(new Entry(port, asked, got));
          }
        });
    for (Published stray : rest) {
      all.add(new Entry(stray.port(), stray.binding(), List.of(stray)));
    }
    return all;
  }

  /** On all addresses it gets one port of the host; the same was perhaps asked for twice. */
  private static List<Published> got(Port port, Binding asked, List<Published> among) {
    var its =
        among.stream()
            .filter(each -> each.port().equals(port) && Objects.equals(each.asked(), asked))
            .toList();
    int one =
        its.stream()
            .filter(Published::isTranslated)
            .mapToInt(Published::hostPort)
            .findFirst()
            .orElse(0);
    return its.stream().filter(each -> !each.isTranslated() || each.hostPort() == one).toList();
  }

  private static void checkFree(List<Entry> entries, Port port, Binding binding) {
    if (entries.stream().anyMatch(entry -> entry.clashes(port, binding))) {
      throw new Refused(
          new Failure.Conflict(
              "Bind for %s:%s failed: port is already allocated"
                  .formatted(
                      binding.hostIp().isEmpty() ? "0.0.0.0" : binding.hostIp(),
                      binding.hostPort())));
    }
  }

  private static Refused notPublished(Port port, Binding pattern) {
    String where = pattern.hostIp() + (pattern.hostIp().isEmpty() ? "" : ":") + pattern.hostPort();
    return new Refused(
        new Failure.Conflict(
            "port %s is not published%s".formatted(port, where.isEmpty() ? "" : " at " + where)));
  }

  private static void checkMode(String mode) {
    if (mode.equals("host")) {
      throw new Refused(
          new Failure.Invalid("Published ports are discarded when using host network mode"));
    }
    if (mode.equals("none") || mode.startsWith("container:")) {
      throw new Refused(
          new Failure.Invalid(
              "conflicting options: port publishing and the %s network mode"
                  .formatted(mode.startsWith("container:") ? "container type" : mode)));
    }
  }
}
