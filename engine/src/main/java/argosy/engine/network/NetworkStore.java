package argosy.engine.network;

import argosy.engine.EngineConfig;
import argosy.engine.disk.Records;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.netlink.Cidr;
import argosy.engine.netlink.Wiring;
import argosy.engine.network.NetworkRequest.Network;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Networks on disk. The default ones are made at the first start and keep their ids. Blocks. */
final class NetworkStore {
  private final EngineConfig config;
  private final Records<Network> records;

  NetworkStore(EngineConfig config) {
    this.config = config;
    this.records =
        new Records<>(config.dataRoot().resolve("networks"), "record.json", Network.class);
  }

  void put(Network network) {
    records.put(network.id(), network);
  }

  void remove(String id) {
    records.remove(id);
  }

  /** Every network, the default ones among them. */
  List<Network> load(Wiring wiring, Instant now, RandomGenerator chance) {
    var networks = new ArrayList<>(records.all());
    if (named(networks, "host").isEmpty()) {
      keep(networks, NetworkDraft.plain("host", "host", now, chance));
    }
    if (named(networks, "none").isEmpty()) {
      keep(networks, NetworkDraft.plain("none", "null", now, chance));
    }
    bridge(networks, wiring, now, chance);
    return List.copyOf(networks);
  }

  private void bridge(List<Network> networks, Wiring wiring, Instant now, RandomGenerator chance) {
    Optional<Network> known = named(networks, "bridge");
    known.ifPresent(networks::remove);
    Cidr address = address(networks, known, wiring);
    Network wanted = NetworkDraft.defaultBridge(config.bridge(), address, now, chance);
    Network kept = known.map(old -> sameIdentity(old, wanted)).orElse(wanted);
    if (known.filter(kept::equals).isPresent()) {
      networks.add(kept);
    } else {
      keep(networks, kept);
    }
  }

  private Cidr address(List<Network> others, Optional<Network> known, Wiring wiring) {
    if (!config.bip().isEmpty()) {
      return bip();
    }
    var ours = new HashSet<String>(Set.of(config.bridge()));
    var taken = new ArrayList<Cidr>();
    for (Network other : others) {
      if (BridgeOptions.isBridge(other)) {
        ours.add(BridgeOptions.name(other));
        taken.add(BridgeOptions.subnet(other));
      }
    }
    taken.addAll(wiring.routed(ours));
    return known
        .map(old -> BridgeOptions.subnet(old).with(BridgeOptions.gateway(old)))
        .filter(old -> isUp(old, ours, wiring) || taken.stream().noneMatch(old::overlaps))
        .orElseGet(() -> {
          Cidr pool = AddressPools.choose(taken);
          return pool.with(pool.first() + 1);
        });
  }

  /** True when the bridge stands already, perhaps with containers in it. */
  private static boolean isUp(Cidr address, Set<String> ours, Wiring wiring) {
    return wiring.routed(Set.of()).contains(address.network())
        && !wiring.routed(ours).contains(address.network());
  }

  private Cidr bip() {
    try {
      return Cidr.parse(config.bip());
    } catch (IllegalArgumentException e) {
      throw new Refused(new Failure.Invalid("bip: " + e.getMessage()), e);
    }
  }

  private static Network sameIdentity(Network old, Network wanted) {
    return new Network(
        old.id(),
        wanted.name(),
        wanted.driver(),
        old.created(),
        wanted.internal(),
        wanted.attachable(),
        wanted.ipv6(),
        wanted.pools(),
        wanted.options(),
        wanted.labels(),
        wanted.endpoints());
  }

  private void keep(List<Network> networks, Network network) {
    put(network);
    networks.add(network);
  }

  private static Optional<Network> named(List<Network> networks, String name) {
    return networks.stream().filter(network -> network.name().equals(name)).findFirst();
  }
}
