package argosy.engine.network;

import argosy.engine.failure.Done;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import argosy.engine.netlink.Plug;
import argosy.engine.netlink.PortTaken;
import argosy.engine.netlink.Wiring.Wired;
import argosy.engine.network.NetworkRequest.Network;
import argosy.engine.network.PortAllocation.Place;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sandboxes of running containers: how they are built and taken down. Part of one actor. */
final class Sandboxes {
  private static final Logger LOG = LoggerFactory.getLogger(Sandboxes.class);

  /** How often another port is tried when the host can not give the one that was chosen. */
  private static final int PORT_ATTEMPTS = 10;

  /** The kernel drops a namespace with its links on its own; after this we see to it. */
  private static final Duration FADING = Duration.ofMillis(50);

  private final NetworkTable table;
  private final Attachments attachments;
  private final Cabling cabling;
  private final Turn turn;
  private final Remembered remembered;
  private final Map<String, Sandbox> running;
  private final Map<String, SandboxPlan> joining = new HashMap<>();
  private final Set<String> unwanted = new HashSet<>();
  private final Shortage shortage;

  Sandboxes(
      NetworkTable table,
      Attachments attachments,
      Cabling cabling,
      Remembered remembered,
      Shortage shortage,
      Turn turn) {
    this.table = table;
    this.attachments = attachments;
    this.cabling = cabling;
    this.remembered = remembered;
    this.running = remembered.running();
    this.shortage = shortage;
    this.turn = turn;
  }

  private record Attempt(Attachment.Join join, Set<Place> avoid) {}

  /** True when nobody is in it, not even on the way. */
  boolean isIdle(Network network) {
    return Stream.concat(
            running.values().stream(), joining.values().stream().map(SandboxPlan::sandbox))
        .flatMap(sandbox -> sandbox.endpoints().stream())
        .noneMatch(endpoint -> endpoint.networkId().equals(network.id()));
  }

  void join(Attachment.Join join) {
    String mode = join.spec().mode();
    if (mode.startsWith("container:")) {
      join.replyTo().tell(shared(join.container(), mode.substring("container:".length())));
      return;
    }
    Sandbox old = remembered.remove(join.container());
    if (old != null) {
      takeDown(old);
    }
    attempt(new Attempt(join, Set.of()));
  }

  /** Another container's sandbox: its namespace, and nothing of our own in it. */
  private Outcome<Sandbox> shared(String container, String reference) {
    return remembered
        .find(reference)
        .map(other ->
            Outcome.ok(
                new Sandbox(
                    container,
                    other.path(),
                    List.of(),
                    List.of(),
                    other.resolvConf(),
                    true,
                    List.of())))
        .orElseGet(() ->
            Outcome.failed(
                new Failure.Conflict(
                    "cannot join network of a non running container: " + reference)));
  }

  private void attempt(Attempt attempt) {
    Attachment.Join join = attempt.join();
    SandboxPlan plan;
    try {
      plan = attachments.plan(join, attempt.avoid());
    } catch (Refused refused) {
      if (!shortage.defers(refused.failure(), () -> attempt(attempt))) {
        join.replyTo().tell(Outcome.failed(refused.failure()));
      }
      return;
    }
    joining.put(join.container(), plan);
    turn.<Sandbox>work(
        () -> cabling.build(plan, join.spec().names()),
        (built, failed) -> {
          joining.remove(join.container());
          if (built != null) {
            joined(join, built);
          } else {
            notJoined(attempt, plan, Objects.requireNonNull(failed));
          }
        });
  }

  private void joined(Attachment.Join join, Sandbox sandbox) {
    if (unwanted.remove(join.container())) {
      takeDown(sandbox);
      join.replyTo()
          .tell(Outcome.failed(new Failure.Conflict("the container was stopped meanwhile")));
      return;
    }
    remembered.put(sandbox);
    join.replyTo().tell(Outcome.ok(sandbox));
    tellOf("connect", sandbox);
  }

  private void notJoined(Attempt attempt, SandboxPlan plan, Throwable failed) {
    attachments.releasePorts(plan.sandbox());
    attachments.forgoLeases(plan.sandbox());
    boolean stillWanted = !unwanted.remove(attempt.join().container());
    switch (failed.getCause() == null ? failed : failed.getCause()) {
      case PortTaken taken when stillWanted && another(attempt, plan, taken) -> {
        var avoid = new HashSet<>(attempt.avoid());
        avoid.add(Place.of(taken.forward()));
        attempt(new Attempt(attempt.join(), Set.copyOf(avoid)));
      }
      case PortTaken taken -> {
        Endpoint endpoint = plan.sandbox().endpoints().getFirst();
        attempt
            .join()
            .replyTo()
            .tell(
                Outcome.failed(
                    Attachments.unpublished(endpoint, String.valueOf(taken.getMessage()))));
      }
      case Throwable other -> attempt.join().replyTo().tell(Outcome.failed(other));
    }
  }

  private static boolean another(Attempt attempt, SandboxPlan plan, PortTaken taken) {
    return plan.flexible().contains(Place.of(taken.forward()))
        && attempt.avoid().size() < PORT_ATTEMPTS;
  }

  void leave(String container, ActorRef<Outcome<Done>> replyTo) {
    Sandbox sandbox = remembered.remove(container);
    if (sandbox != null) {
      takeDown(sandbox);
      tellOf("disconnect", sandbox);
    } else if (joining.containsKey(container)) {
      unwanted.add(container);
    }
    replyTo.tell(Outcome.ok(new Done()));
  }

  private void takeDown(Sandbox sandbox) {
    if (sandbox.path().isEmpty()) {
      return;
    }
    shortage.begins();
    Wired wired = SandboxPlan.wired(sandbox);
    turn.<Done>work(
        () -> {
          cabling.takeDown(wired);
          return new Done();
        },
        (_, failed) -> {
          complain(sandbox, failed);
          attachments.releasePorts(sandbox);
          turn.later(FADING, () -> unplug(sandbox, wired));
          shortage.retry();
        });
  }

  private void unplug(Sandbox sandbox, Wired wired) {
    turn.<Done>work(
        () -> {
          cabling.wiring().unplug(wired);
          return new Done();
        },
        (_, failed) -> {
          complain(sandbox, failed);
          attachments.releaseLeases(sandbox);
          shortage.ends();
        });
  }

  /** Somebody counts again what runs: what is not among it goes, what we work on is left alone. */
  void correct(Attachment.Adopt adopt) {
    var told = adopt.running().stream().map(Sandbox::container).collect(Collectors.toSet());
    for (Sandbox sandbox : List.copyOf(running.values())) {
      if (!told.contains(sandbox.container())) {
        remembered.remove(sandbox.container());
        takeDown(sandbox);
      }
    }
    adopt.replyTo().tell(Outcome.ok(new Done()));
  }

  /** Takes over what still runs, and clears away the rest. */
  void adopt(Attachment.Adopt adopt, Runnable ready) {
    for (Sandbox sandbox : adopt.running()) {
      if (!sandbox.shared()) {
        attachments
            .adopt(sandbox)
            .forEach(lost -> LOG.warn("container {} keeps {}", sandbox.container(), lost));
        remembered.put(sandbox);
      }
    }
    var bridges =
        table.all().stream().filter(BridgeOptions::isBridge).map(BridgeOptions::bridge).toList();
    var taken = List.copyOf(running.values());
    var plugs = new HashMap<Sandbox, List<Plug>>();
    taken.forEach(sandbox -> plugs.put(sandbox, attachments.plugs(sandbox.endpoints())));
    turn.<Done>work(
        () -> {
          cabling.reconcile(bridges, taken, plugs);
          return new Done();
        },
        (done, failed) -> {
          adopt
              .replyTo()
              .tell(
                  done == null ? Outcome.failed(Objects.requireNonNull(failed)) : Outcome.ok(done));
          ready.run();
        });
  }

  private void tellOf(String action, Sandbox sandbox) {
    for (Endpoint endpoint : sandbox.endpoints()) {
      table
          .withId(endpoint.networkId())
          .ifPresent(network -> turn.publish(action, network, sandbox.container()));
    }
  }

  private static void complain(Sandbox sandbox, @Nullable Throwable failed) {
    if (failed != null) {
      LOG.warn("something of the network of {} stays behind", sandbox.container(), failed);
    }
  }
}
