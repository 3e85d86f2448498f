package argosy.engine.netlink;

import argosy.engine.linux.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The wiring in the network namespace of the thread that opens it. */
public final class KernelWiring implements Wiring {
  private static final Logger LOG = LoggerFactory.getLogger(KernelWiring.class);
  private static final int PATIENCE_SECONDS = 5;
  private static final int THREADS = 4;
  private static final int POOL = 4;

  private final Path directory;
  private final ExecutorService executor;
  private final Netlink kernel;
  private final Links links;
  private final Addresses addresses;
  private final PacketFilter filter;
  private final Flows flows;
  private final HostPorts ports;
  private final NamespacePool pool;
  private final Plugging plugging;

  private KernelWiring(Path directory, Netlink kernel, Nftables nftables) {
    this.directory = directory;
    this.kernel = kernel;
    this.filter = new PacketFilter(nftables);
    this.links = new Links(kernel);
    this.addresses = new Addresses(kernel);
    this.plugging = new Plugging(links, addresses);
    this.ports = new HostPorts(plugging::bridges);
    this.flows = new Flows(Netlink.netfilter(), addresses);
    this.executor = threads();
    this.pool = new NamespacePool(directory, POOL, links, executor);
  }

  /**
   * Opens it, and again after it was closed. All have one connection to the packet filter, made by
   * the first while the daemon is young: libnftables waits for it with select(2), which ends a
   * process whose descriptor has a number of 1024 or more.
   *
   * @param directory where the namespaces' files lie; made when it is not there
   */
  public static Supplier<Wiring> opening(Path directory) {
    var nftables = new AtomicReference<@Nullable Nftables>();
    return () -> open(directory, nftables);
  }

  private static KernelWiring open(Path directory, AtomicReference<@Nullable Nftables> known) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("can not make " + directory + ": " + e, e);
    }
    Nftables before = known.get();
    Nftables nftables = before == null ? Nftables.open() : before;
    known.set(nftables);
    var kernel = Netlink.route();
    try {
      return new KernelWiring(directory, kernel, nftables);
    } catch (RuntimeException | Error e) {
      kernel.close();
      throw e;
    }
  }

  @Override
  public Executor executor() {
    return executor;
  }

  @Override
  public List<Subnet> routed(Set<String> except) {
    var skipped = new HashSet<Integer>();
    for (Link link : links.all()) {
      if (except.contains(link.name())) {
        skipped.add(link.index());
      }
    }
    return addresses.routes().stream()
        .filter(route -> !skipped.contains(route.link()))
        .map(Addresses.Route::destination)
        .toList();
  }

  @Override
  public boolean hasLink(String name) {
    return links.find(name).isPresent();
  }

  @Override
  public PortRange ephemeralPorts() {
    String[] ends = Sysctl.read("ipv4/ip_local_port_range").split("\\s+");
    return new PortRange(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
  }

  @Override
  public void reconcile(Collection<Bridge> wanted, Collection<Standing> standing) {
    var running = standing.stream().map(Standing::wired).toList();
    IpForwarding.four();
    plugging.lay(wanted);
    var forwards = running.stream().flatMap(wired -> wired.forwards().stream()).toList();
    filter.replace(plugging.bridges(), forwards);
    ports.replace(forwards);
    clearNamespaces(running);
    var spare =
        pool.files().stream()
            .map(file -> Wiring.link(file.toString(), 0))
            .collect(Collectors.toSet());
    new Mending(links, plugging).mend(standing, spare);
    pool.fill();
  }

  @Override
  public void addBridge(Bridge bridge) {
    try {
      plugging.lay(bridge);
      filter.bridges(plugging.bridges());
    } catch (RuntimeException e) {
      removeBridge(bridge.name());
      throw e;
    }
  }

  @Override
  public void removeBridge(String name) {
    plugging.remove(name);
    filter.bridges(plugging.bridges());
  }

  @Override
  public Wired connect(List<Plug> plugs, List<Forward> forwards) {
    ports.hold(forwards);
    FreshNamespace fresh = null;
    try {
      fresh = plugs.isEmpty() ? FreshNamespace.bare(directory) : pool.take();
      var plugged = new ArrayList<String>();
      for (Plug plug : plugs) {
        plugged.add(plugging.plug(plug, fresh));
      }
      filter.publish(forwards);
      flows.forget(forwards);
      fresh.handOver();
      return new Wired(fresh.file().toString(), plugged, forwards);
    } catch (RuntimeException e) {
      filter.withdraw(forwards);
      ports.release(forwards);
      if (fresh != null) {
        fresh.discard();
      }
      throw e;
    }
  }

  @Override
  public void disconnect(Wired wired) {
    filter.withdraw(wired.forwards());
    ports.release(wired.forwards());
    flows.forget(wired.forwards());
    NetworkNamespace.release(Path.of(wired.path()));
  }

  @Override
  public void unplug(Wired wired) {
    wired.links().forEach(Removal::of);
  }

  @Override
  public void close() {
    try (kernel;
        flows;
        ports) {
      try {
        pool.close();
      } finally {
        finish();
      }
    }
  }

  /** Nothing may use a descriptor after it is closed. */
  private void finish() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("the network's last work did not end in {} s", PATIENCE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Netlink inside(String path) {
    return NetworkNamespace.enter(Path.of(path), Netlink::route);
  }

  @Override
  public void republish(Collection<Forward> withdrawn, Collection<Forward> published) {
    ports.exchange(withdrawn, published);
    try {
      filter.exchange(withdrawn, published);
    } catch (RuntimeException e) {
      ports.exchange(published, withdrawn);
      throw e;
    }
    flows.forget(withdrawn);
    flows.forget(published);
  }

  @Override
  public void rewire(String path, Rewiring change) {
    var namespace = new FreshNamespace(Path.of(path), inside(path), 0);
    try {
      change.out().forEach(number -> Removal.of(namespace.link(number)));
      change.in().forEach(plug -> plugging.add(plug, namespace));
      Plugging.route(new Addresses(namespace.inside()), change.gateways());
      republish(change.withdrawn(), change.published());
    } catch (RuntimeException e) {
      change.in().forEach(plug -> Removal.of(namespace.link(plug.number())));
      throw e;
    } finally {
      namespace.handOver();
    }
  }

  private void clearNamespaces(Collection<Wired> running) {
    var kept = new HashSet<>(pool.files());
    running.forEach(wired -> kept.add(Path.of(wired.path())));
    try (var files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        if (!kept.contains(file)) {
          NetworkNamespace.release(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can not list " + directory + ": " + e, e);
    }
  }

  /** A thread keeps the namespace of the one that started it, so all are started here and now. */
  private static ExecutorService threads() {
    var threads =
        (ThreadPoolExecutor)
            Executors.newFixedThreadPool(
                THREADS, Thread.ofPlatform().daemon().name("wiring-", 1).factory());
    threads.prestartAllCoreThreads();
    return threads;
  }
}
