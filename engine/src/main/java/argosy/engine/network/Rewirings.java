package argosy.engine.network;

import argosy.engine.failure.Done;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import argosy.engine.netlink.Forward;
import argosy.engine.netlink.Plug;
import argosy.engine.netlink.PortTaken;
import argosy.engine.netlink.Wiring;
import argosy.engine.netlink.Wiring.Wired;
import argosy.engine.network.Attachment.Rewired;
import argosy.engine.network.NetworkRequest.Network;
import argosy.engine.spec.NetworkSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** Containers put into networks and taken out of them while they run. Part of one actor. */
final class Rewirings {
  private final NetworkTable table;
  private final Endpoints endpoints;
  private final Attachments attachments;
  private final Cabling cabling;
  private final Remembered remembered;
  private final Shortage shortage;
  private final Turn turn;
  private final Map<String, Endpoint> coming = new HashMap<>();

  Rewirings(
      NetworkTable table,
      Endpoints endpoints,
      Attachments attachments,
      Cabling cabling,
      Remembered remembered,
      Shortage shortage,
      Turn turn) {
    this.table = table;
    this.endpoints = endpoints;
    this.attachments = attachments;
    this.cabling = cabling;
    this.remembered = remembered;
    this.shortage = shortage;
    this.turn = turn;
  }

  /** From {@code old} to {@code fresh}, over the endpoint that comes or goes. */
  private record Step(
      Sandbox old,
      Sandbox fresh,
      NetworkSpec spec,
      Network network,
      Endpoint changed,
      boolean comes,
      ActorRef<Outcome<Rewired>> replyTo) {
    private Step to(Sandbox rewired) {
      return new Step(old, rewired, spec, network, changed, comes, replyTo);
    }
  }

  /** True when nobody is on the way into it. */
  boolean isIdle(Network network) {
    return coming.values().stream()
        .noneMatch(endpoint -> endpoint.networkId().equals(network.id()));
  }

  void connect(Attachment.Connect order) {
    try {
      Network network = table.find(Membership.mode(order.network()));
      var spec = Membership.with(table, order.spec(), network, order.asked());
      if (!order.running()) {
        order.replyTo().tell(Outcome.ok(new Rewired(spec, null)));
        return;
      }
      connect(order, network, spec, remembered.running(order.guest()));
    } catch (Refused refused) {
      if (!shortage.defers(refused.failure(), () -> connect(order))) {
        order.replyTo().tell(Outcome.failed(refused.failure()));
      }
    }
  }

  private void connect(Attachment.Connect order, Network network, NetworkSpec spec, Sandbox old) {
    if (in(old, network) != null) {
      throw new Refused(
          new Failure.Forbidden(
              "endpoint with name %s already exists in network %s"
                  .formatted(order.guest().name(), network.name())));
    }
    var fresh = endpoints.draft(order.guest(), network, order.asked(), old.endpoints());
    var all = new ArrayList<>(old.endpoints());
    all.add(fresh);
    try {
      Sandbox next = old.with(all, ports(old, all, spec));
      coming.put(fresh.id(), fresh);
      step(new Step(old, next, spec, network, fresh, true, order.replyTo()));
    } catch (RuntimeException e) {
      endpoints.forgo(fresh);
      throw e;
    }
  }

  void disconnect(Attachment.Disconnect order) {
    try {
      Network network = table.find(Membership.mode(order.network()));
      if (!order.running()) {
        var spec = Membership.without(table, order.guest(), order.spec(), network);
        order.replyTo().tell(Outcome.ok(new Rewired(spec, null)));
        turn.publish("disconnect", network, order.guest().container());
        return;
      }
      disconnect(order, network, remembered.running(order.guest()));
    } catch (Refused refused) {
      order.replyTo().tell(Outcome.failed(refused.failure()));
    }
  }

  private void disconnect(Attachment.Disconnect order, Network network, Sandbox old) {
    Endpoint gone = in(old, network);
    if (gone == null && !network.driver().equals("host")) {
      throw new Refused(
          new Failure.Internal(
              "container %s is not connected to network %s"
                  .formatted(order.guest().container(), network.name())));
    }
    var spec = Membership.without(table, order.guest(), order.spec(), network);
    var rest = old.endpoints().stream().filter(each -> !each.equals(gone)).toList();
    Sandbox next = old.with(rest, ports(old, rest, spec));
    step(new Step(old, next, spec, network, Objects.requireNonNull(gone), false, order.replyTo()));
  }

  /** Tells the new name in its networks. */
  void rename(Attachment.Rename order) {
    Sandbox old = remembered.running().get(order.guest().container());
    if (old == null) {
      order.replyTo().tell(Outcome.ok(new Rewired(order.spec(), null)));
      return;
    }
    Sandbox fresh =
        old.with(
            old.endpoints().stream().map(each -> renamed(each, order.guest())).toList(),
            old.ports());
    remembered.put(fresh);
    order.replyTo().tell(Outcome.ok(new Rewired(order.spec(), fresh)));
  }

  private Endpoint renamed(Endpoint endpoint, Guest guest) {
    boolean named =
        table.withId(endpoint.networkId()).filter(BridgeOptions::isUserDefined).isPresent();
    return endpoint.called(
        guest.name(), named ? guest.names(endpoint.asked().aliases()) : List.of());
  }

  /** The same host ports wherever they lead; other ones only where there were none. */
  private List<Sandbox.Published> ports(Sandbox old, List<Endpoint> after, NetworkSpec spec) {
    return Gateways.of(old.endpoints()).isPresent()
        ? attachments.move(spec, old.ports(), after)
        : attachments.publish(spec, after, Set.of()).ports();
  }

  private void step(Step step) {
    var change = change(step);
    turn.<Sandbox>work(
        () -> cabling.rewire(step.fresh(), step.spec().names(), change),
        (rewired, failed) -> {
          coming.remove(step.changed().id());
          if (rewired != null) {
            done(step.to(rewired));
          } else {
            takeBack(step);
            step.replyTo().tell(refused(step, Objects.requireNonNull(failed)));
          }
        });
  }

  /** In Docker's words where another program has a port that would have come along. */
  private static Outcome<Rewired> refused(Step step, Throwable failed) {
    Throwable cause = failed.getCause() == null ? failed : failed.getCause();
    return cause instanceof PortTaken taken
        ? Outcome.failed(
            new Failure.Internal(
                Attachments.unpublishedText(step.changed(), String.valueOf(taken.getMessage()))))
        : Outcome.failed(failed);
  }

  private Wiring.Rewiring change(Step step) {
    var before = SandboxPlan.forwards(step.old());
    var after = SandboxPlan.forwards(step.fresh());
    boolean same = before.equals(after);
    List<Forward> none = List.of();
    int number = step.changed().number();
    List<Plug> in = step.comes() ? List.of(endpoints.plug(step.changed(), List.of())) : List.of();
    return new Wiring.Rewiring(
        step.comes() ? List.of() : List.of(number),
        in,
        Gateways.addresses(step.fresh().endpoints()),
        same ? none : before,
        same ? none : after);
  }

  private void done(Step step) {
    if (remembered.running().get(step.old().container()) != step.old()) {
      leftMeanwhile(step);
      return;
    }
    remembered.put(step.fresh());
    if (!step.comes()) {
      endpoints.release(step.changed());
    }
    var left = step.fresh().ports();
    attachments.release(step.old().ports().stream().filter(each -> !left.contains(each)).toList());
    step.replyTo().tell(Outcome.ok(new Rewired(step.spec(), step.fresh())));
    turn.publish(step.comes() ? "connect" : "disconnect", step.network(), step.old().container());
  }

  /** The container ended: what it had is taken down already, what it got is taken down now. */
  private void leftMeanwhile(Step step) {
    Wired wired = SandboxPlan.wired(step.fresh());
    turn.<Done>work(
        () -> {
          cabling.takeDown(wired);
          cabling.wiring().unplug(wired);
          return new Done();
        },
        (_, _) -> takeBack(step));
    step.replyTo()
        .tell(
            Outcome.failed(
                new Failure.Conflict("container " + step.old().container() + " is not running")));
  }

  private void takeBack(Step step) {
    var before = step.old().ports();
    attachments.release(
        step.fresh().ports().stream().filter(each -> !before.contains(each)).toList());
    if (step.comes()) {
      endpoints.forgo(step.changed());
    }
  }

  private static @Nullable Endpoint in(Sandbox sandbox, Network network) {
    return sandbox.endpoints().stream()
        .filter(endpoint -> endpoint.networkId().equals(network.id()))
        .findFirst()
        .orElse(null);
  }
}
