package argosy.engine.network;

import argosy.engine.dns.NameService;
import argosy.engine.netlink.Bridge;
import argosy.engine.netlink.Plug;
import argosy.engine.netlink.Wiring;
import argosy.engine.netlink.Wiring.Wired;
import argosy.engine.spec.NetworkSpec.Names;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernel's side of sandboxes together with their name service, in the order that leaves nothing
 * behind: a name server's socket keeps a namespace alive. Blocks.
 */
record Cabling(Wiring wiring, NameService names) {
  private static final Logger LOG = LoggerFactory.getLogger(Cabling.class);

  /** Builds what was planned; on failure nothing is left. */
  Sandbox build(SandboxPlan plan, Names asked) {
    if (!plan.isolated()) {
      return plan.sandbox().at("", ResolvConf.of(HostResolver.lines(), asked, false));
    }
    var lines = resolvConf(plan.sandbox(), asked);
    Wired wired = wiring.connect(plan.plugs(), plan.forwards());
    Sandbox built = plan.sandbox().at(wired.path(), lines);
    try {
      listen(built);
      return built;
    } catch (RuntimeException e) {
      takeDown(wired);
      wiring.unplug(wired);
      throw e;
    }
  }

  /** As {@link Wiring#rewire}; answers the sandbox with its new files' lines. */
  Sandbox rewire(Sandbox after, Names asked, Wiring.Rewiring change) {
    wiring.rewire(after.path(), change);
    Sandbox fresh = asks(after) ? after : after.resolving(resolvConf(after, asked));
    if (asks(fresh)) {
      tryToListen(fresh);
    }
    return fresh;
  }

  /** It goes on to when it has left the networks for which it began. */
  private static boolean asks(Sandbox sandbox) {
    return sandbox.resolvConf().contains("nameserver " + NameService.ADDRESS);
  }

  /** What runs already keeps its networks even when it can not ask for names. */
  private void tryToListen(Sandbox sandbox) {
    try {
      names.listen(sandbox.path(), Scopes.of(sandbox));
    } catch (RuntimeException e) {
      LOG.warn("container {} can not ask for names", sandbox.container(), e);
    }
  }

  /** As {@link Wiring#disconnect}. */
  void takeDown(Wired wired) {
    names.leave(wired.path());
    wiring.disconnect(wired);
  }

  /**
   * As {@link Wiring#reconcile}; names are answered again wherever they were. {@code plugs}: which
   * links a sandbox should have.
   */
  void reconcile(
      Collection<Bridge> bridges, List<Sandbox> running, Map<Sandbox, List<Plug>> plugs) {
    var isolated = running.stream().filter(sandbox -> !sandbox.path().isEmpty()).toList();
    wiring.reconcile(
        bridges,
        isolated.stream()
            .map(each ->
                new Wiring.Standing(SandboxPlan.wired(each), plugs.getOrDefault(each, List.of())))
            .toList());
    isolated.stream().filter(Cabling::asks).forEach(this::tryToListen);
  }

  private void listen(Sandbox sandbox) {
    if (Scopes.has(sandbox)) {
      names.listen(sandbox.path(), Scopes.of(sandbox));
    }
  }

  private static List<String> resolvConf(Sandbox sandbox, Names asked) {
    var host = HostResolver.lines();
    return Scopes.has(sandbox) ? ResolvConf.ofOwn(host, asked) : ResolvConf.of(host, asked, true);
  }
}
