package argosy.engine.network;

import argosy.engine.EngineConfig;
import argosy.engine.disk.Records;
import argosy.engine.netlink.Subnet;
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
    records.removeWhole(id);
  }

  /** Every network, the default ones among them. */
  List<Network> load(Wiring wiring, Instant now, RandomGenerator chance) {
    var networks = new ArrayList<>(records.all());
    records.sweep();
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
    var ours = new HashSet<String>(Set.of(config.bridge()));
    var taken = new ArrayList<Subnet>();
    for (Network other : networks) {
      if (BridgeOptions.isBridge(other)) {
        ours.add(BridgeOptions.name(other));
        taken.addAll(BridgeOptions.subnets(other));
      }
    }
    var strangers = wiring.routed(ours);
    taken.addAll(strangers);
    var all = wiring.routed(Set.of());
    var kept =
        new DefaultBridge(
                config, taken, subnet -> all.contains(subnet) && !strangers.contains(subnet))
            .of(known, now, chance);
    if (known.filter(kept::equals).isPresent()) {
      networks.add(kept);
    } else {
      keep(networks, kept);
    }
  }

  private void keep(List<Network> networks, Network network) {
    put(network);
    networks.add(network);
  }

  private static Optional<Network> named(List<Network> networks, String name) {
    return networks.stream().filter(network -> network.name().equals(name)).findFirst();
  }
}
