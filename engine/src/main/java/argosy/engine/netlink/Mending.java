package argosy.engine.netlink;

import argosy.engine.linux.NetworkNamespace;
import argosy.engine.netlink.Wiring.Standing;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the links of running containers into the form that is on record: a daemon that died while
 * a container entered or left a network has left half of it.
 */
final class Mending {
  private static final Logger LOG = LoggerFactory.getLogger(Mending.class);

  /** What {@link Wiring#link} gives; nothing else on the host may be so named. */
  private static final Pattern LINK = Pattern.compile("argo[0-9a-f]{11}");

  private final Links links;
  private final Plugging plugging;

  Mending(Links links, Plugging plugging) {
    this.links = links;
    this.plugging = plugging;
  }

  /** {@code spare}: links that belong to nobody yet and stay. */
  void mend(Collection<Standing> running, Set<String> spare) {
    Map<String, Link> present =
        links.all().stream()
            .filter(link -> LINK.matcher(link.name()).matches())
            .collect(Collectors.toMap(Link::name, Function.identity()));
    var kept = new HashSet<>(spare);
    running.forEach(standing -> kept.addAll(standing.wired().links()));
    var strays = present.keySet().stream().filter(name -> !kept.contains(name)).toList();
    for (Standing standing : running) {
      try {
        mend(standing, present, strays);
      } catch (RuntimeException e) {
        LOG.warn("the network of {} is not whole", standing.wired().path(), e);
      }
    }
    strays.forEach(Removal::of);
  }

  /**
   * A link goes into its bridge last of all, and strays go after this: whoever is killed meanwhile
   * leaves what shows that there is still something to do.
   */
  private void mend(Standing standing, Map<String, Link> present, List<String> strays) {
    String path = standing.wired().path();
    var loose =
        standing.plugs().stream()
            .filter(plug -> {
              Link link = present.get(Wiring.link(path, plug.number()));
              return link == null || link.master() == 0;
            })
            .toList();
    boolean hadStray = strays.stream().anyMatch(name -> isOf(path, name));
    if (!loose.isEmpty() || hadStray) {
      LOG.info("{} has {} links too few, or had too many", path, loose.size());
      complete(standing, loose, present);
      loose.forEach(plug -> plugging.enter(Wiring.link(path, plug.number()), plug));
    }
  }

  private void complete(Standing standing, List<Plug> loose, Map<String, Link> present) {
    Path file = Path.of(standing.wired().path());
    var namespace = new FreshNamespace(file, NetworkNamespace.enter(file, Netlink::route), 0);
    try {
      for (Plug plug : loose) {
        String link = namespace.link(plug.number());
        if (!present.containsKey(link)) {
          plugging.prepare(plug, namespace);
        } else if (!isWhole(plug, namespace.inside())) {
          links.delete(link);
          plugging.prepare(plug, namespace);
        }
      }
      Plugging.route(
          new Addresses(namespace.inside()),
          standing.plugs().stream().flatMap(plug -> plug.gateways().stream()).toList());
    } finally {
      namespace.handOver();
    }
  }

  /** The container's side has its name and its addresses: only its bridge was taken away. */
  private static boolean isWhole(Plug plug, Netlink inside) {
    return new Links(inside)
        .find(plug.name())
        .filter(link ->
            new Addresses(inside)
                .all().stream()
                    .filter(address -> address.link() == link.index())
                    .map(Addresses.Address::subnet)
                    .toList()
                    .containsAll(plug.addresses()))
        .isPresent();
  }

  /** All links of a container begin alike. */
  private static boolean isOf(String path, String link) {
    int digits = Wiring.LINK_DIGITS - 2;
    return link.startsWith(Wiring.link(path, 0).substring(0, "argo".length() + digits));
  }
}
