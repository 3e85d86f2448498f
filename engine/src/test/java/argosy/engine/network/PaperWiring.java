package argosy.engine.network;

import argosy.engine.netlink.Bridge;
import argosy.engine.netlink.Forward;
import argosy.engine.netlink.Plug;
import argosy.engine.netlink.PortTaken;
import argosy.engine.netlink.Subnet;
import argosy.engine.netlink.Wiring;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/** A wiring that only writes down what it is told; work waits until {@link #work} when held. */
final class PaperWiring implements Wiring {
  final List<String> log = new ArrayList<>();
  final Set<Integer> strangersPorts = new HashSet<>();
  private final Deque<Runnable> held = new ArrayDeque<>();
  private boolean holding;
  private int count;

  /** Keeps work back from now on. */
  synchronized void hold() {
    holding = true;
  }

  /** Does the work that was kept back, and what comes from now on at once. */
  void work() {
    List<Runnable> waiting;
    synchronized (this) {
      holding = false;
      waiting = List.copyOf(held);
      held.clear();
    }
    waiting.forEach(Runnable::run);
  }

  synchronized int waiting() {
    return held.size();
  }

  @Override
  public Executor executor() {
    return work -> {
      synchronized (this) {
        if (holding) {
          held.add(work);
          return;
        }
      }
      work.run();
    };
  }

  @Override
  public List<Subnet> routed(Set<String> except) {
    return List.of();
  }

  @Override
  public boolean hasLink(String name) {
    return false;
  }

  @Override
  public PortRange ephemeralPorts() {
    return new PortRange(40000, 40009);
  }

  @Override
  public synchronized void reconcile(Collection<Bridge> bridges, Collection<Standing> running) {
    log.add("reconcile " + running.stream().map(each -> each.wired().path()).sorted().toList());
  }

  @Override
  public synchronized void addBridge(Bridge bridge) {
    log.add("add " + bridge.subnets().getFirst());
  }

  @Override
  public synchronized void removeBridge(String name) {
    log.add("remove a bridge");
  }

  @Override
  public synchronized Wired connect(List<Plug> plugs, List<Forward> forwards) {
    refuseStrangers(forwards);
    String path = "/netns/%016x".formatted(++count);
    log.add("connect " + path);
    return new Wired(path, List.of(), forwards);
  }

  @Override
  public synchronized void republish(Collection<Forward> withdrawn, Collection<Forward> published) {
    refuseStrangers(published);
    log.add("republish %s as %s".formatted(hostPorts(withdrawn), hostPorts(published)));
  }

  private static List<Integer> hostPorts(Collection<Forward> forwards) {
    return forwards.stream().map(Forward::hostPort).sorted().toList();
  }

  private void refuseStrangers(Collection<Forward> forwards) {
    for (Forward forward : forwards) {
      if (strangersPorts.contains(forward.hostPort())) {
        throw new PortTaken(forward);
      }
    }
  }

  @Override
  public synchronized void rewire(String path, Rewiring change) {
    refuseStrangers(change.published());
    log.add(
        "rewire %s out %s in %s gateway %s from %d to %d ports"
            .formatted(
                path,
                change.out(),
                change.in().stream().map(Plug::name).toList(),
                change.gateways().isEmpty() ? "0.0.0.0" : change.gateways().getFirst(),
                change.withdrawn().size(),
                change.published().size()));
  }

  @Override
  public synchronized void disconnect(Wired wired) {
    log.add("disconnect " + wired.path());
  }

  @Override
  public synchronized void unplug(Wired wired) {
    log.add("unplug " + wired.path());
  }

  @Override
  public synchronized void close() {
    log.add("close");
  }
}
