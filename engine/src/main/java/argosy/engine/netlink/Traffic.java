package argosy.engine.netlink;

import java.util.List;
import java.util.Set;

/**
 * What passes between a network's containers and the rest of the world.
 *
 * @param internal true: nothing gets out of it and nothing in
 * @param masquerade whether what leaves it carries the host's address
 * @param talkative whether its containers reach each other
 * @param open families in which every port of its containers is reached at their own addresses
 * @param routed families in which nothing is translated: what leaves carries the container's
 *     address, published ports are reached there
 * @param sources the host's addresses that what leaves carries, at most one of each family; the
 *     kernel chooses where there is none
 * @param trusted interfaces of the host from which published ports are reached at the containers'
 *     own addresses too
 */
public record Traffic(
    boolean internal,
    boolean masquerade,
    boolean talkative,
    Set<Family> open,
    Set<Family> routed,
    List<Ip> sources,
    List<String> trusted) {
  public Traffic {
    open = Set.copyOf(open);
    routed = Set.copyOf(routed);
    sources = List.copyOf(sources);
    trusted = List.copyOf(trusted);
  }

  /** Translated in both families, as networks are unless somebody says otherwise. */
  public static Traffic translated(boolean internal, boolean masquerade, boolean talkative) {
    return new Traffic(internal, masquerade, talkative, Set.of(), Set.of(), List.of(), List.of());
  }
}
