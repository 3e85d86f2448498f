package argosy.engine.network;

import argosy.engine.failure.Done;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import argosy.engine.netlink.Wiring;
import argosy.engine.network.NetworkRequest.Network;
import argosy.engine.network.Networks.Surroundings;
import argosy.engine.protocol.Filters;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Networks made and removed. Part of one actor. */
final class NetworkOrders {
  private static final Logger LOG = LoggerFactory.getLogger(NetworkOrders.class);

  private final Surroundings around;
  private final NetworkStore store;
  private final Wiring wiring;
  private final NetworkTable table;
  private final Predicate<Network> idle;

  /** {@code idle}: true for a network that nobody is in, not even on the way. */
  NetworkOrders(Surroundings around, Wiring wiring, NetworkTable table, Predicate<Network> idle) {
    this.around = around;
    this.store = new NetworkStore(around.config());
    this.wiring = wiring;
    this.table = table;
    this.idle = idle;
  }

  /**
   * Something that holds up the others.
   *
   * @param work blocks, and touches disk and kernel only
   * @param conclusion runs in the actor; answers whoever asked
   */
  record Order<T>(Supplier<T> work, Consumer<Outcome<T>> conclusion) {}

  Order<Network> create(NetworkRequest.Create asked, Consumer<Outcome<?>> answer) {
    table.checkName(asked.name());
    var wanted =
        asked.configFrom().isEmpty()
            ? NetworkDraft.with(asked, around.config().network().options())
            : from(asked);
    var subnets = table.subnets();
    var bridges =
        table.all().stream()
            .filter(BridgeOptions::isBridge)
            .map(BridgeOptions::name)
            .collect(Collectors.toSet());
    var defaults = AddressPools.of(around.config().network().pools(), table.site());
    return new Order<>(
        () -> {
          var pools = new PoolDraft(defaults, subnets, wiring.routed(bridges));
          var network = NetworkDraft.of(wanted, pools, around.clock().instant(), around.chance());
          checkBridge(network, bridges);
          build(network);
          return network;
        },
        outcome -> {
          if (outcome instanceof Outcome.Ok<Network>(var network)) {
            table.add(network);
            around.publish("create", network, "");
          }
          answer.accept(outcome);
        });
  }

  private NetworkRequest.Create from(NetworkRequest.Create asked) {
    String name = asked.configFrom();
    Network template =
        table
            .named(name)
            .orElseThrow(() ->
                new Refused(
                    new Failure.NotFound("configuration network \"" + name + "\" does not exist")));
    return NetworkDraft.from(asked, template);
  }

  /** A bridge that is not ours would lose its addresses to us, and go with the network. */
  private void checkBridge(Network network, Set<String> bridges) {
    if (!BridgeOptions.isBridge(network)) {
      return;
    }
    String name = BridgeOptions.name(network);
    if (bridges.contains(name)) {
      throw new Refused(
          new Failure.Forbidden(
              "cannot create network %s (%s): networks have same bridge name"
                  .formatted(network.id(), name)));
    }
    if (wiring.hasLink(name)) {
      throw new Refused(
          new Failure.Conflict(
              "the interface "
                  + name
                  + " exists already: Argosy makes the bridges of its networks itself, name another one"));
    }
  }

  private void build(Network network) {
    store.put(network);
    if (!BridgeOptions.isBridge(network)) {
      return;
    }
    try {
      wiring.addBridge(BridgeOptions.bridge(network));
    } catch (RuntimeException e) {
      store.remove(network.id());
      throw e;
    }
  }

  Order<List<Network>> remove(String reference, Consumer<Outcome<?>> answer) {
    Network network = removable(reference);
    return new Order<>(
        () -> {
          unbuild(network);
          return List.of(network);
        },
        outcome -> {
          forget(outcome);
          answer.accept(outcome.map(_ -> new Done()));
        });
  }

  /** One that can not be removed does not keep the others. */
  Order<List<Network>> prune(Filters filters, Consumer<Outcome<?>> answer) {
    var networks = table.prunable(filters, this::isRemovable, around.clock().instant());
    return new Order<>(
        () -> {
          var removed = new ArrayList<Network>();
          for (Network network : networks) {
            try {
              unbuild(network);
              removed.add(network);
            } catch (RuntimeException e) {
              LOG.warn("network {} is not removed", network.name(), e);
            }
          }
          return removed;
        },
        outcome -> {
          forget(outcome);
          around.publishPrune();
          answer.accept(
              outcome.map(
                  all -> new NetworkRequest.Pruned(all.stream().map(Network::name).toList())));
        });
  }

  private void unbuild(Network network) {
    if (BridgeOptions.isBridge(network)) {
      wiring.removeBridge(BridgeOptions.name(network));
    }
    store.remove(network.id());
  }

  private void forget(Outcome<List<Network>> outcome) {
    if (outcome instanceof Outcome.Ok<List<Network>>(var networks)) {
      for (Network network : networks) {
        table.forget(network.id());
        around.publish("destroy", network, "");
      }
    }
  }

  private boolean isRemovable(Network network) {
    return idle.test(network) && !table.isTemplate(network);
  }

  private Network removable(String reference) {
    Network network = table.find(reference);
    if (NetworkTable.BUILTIN.contains(network.name())) {
      throw new Refused(
          new Failure.Forbidden(
              network.name() + " is a pre-defined network and cannot be removed"));
    }
    if (table.isTemplate(network)) {
      throw new Refused(
          new Failure.Forbidden(
              "error while removing network: configuration network \"%s\" is in use"
                  .formatted(network.name())));
    }
    if (!idle.test(network)) {
      throw new Refused(
          new Failure.Forbidden(
              "error while removing network: network %s has active endpoints (%s)"
                  .formatted(
                      network.name(), Inhabitants.text(around.remembered().endpoints(network)))));
    }
    return network;
  }
}
