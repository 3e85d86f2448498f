package argosy.cluster;

import argosy.cluster.directory.Directory;
import argosy.cluster.gateway.GatewayClaiming;
import argosy.cluster.gateway.Link;
import argosy.cluster.gateway.Links;
import argosy.cluster.gateway.RemoteEngine;
import argosy.cluster.member.Membership;
import argosy.cluster.whole.WholeEngine;
import argosy.cluster.wire.NodeFacts;
import argosy.engine.Engine;
import argosy.engine.LocalEngine;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A host with a cluster port. What it says is what it knew an instant ago: nothing is asked. */
final class Joined implements Cluster {
  private static final String INSECURE =
      "the cluster port has no authentication (--cluster-insecure): whoever reaches it can command this host";

  private final ClusterConfig config;
  private final LocalEngine engine;
  private final NodeFacts self;
  private final Instant since = Instant.now();
  private final Reopening port;
  private final Directory directory;

  private Joined(ClusterConfig config, LocalEngine engine, NodeFacts self) {
    this.config = config;
    this.engine = engine;
    this.self = self;
    this.directory = new Directory(this::links);
    this.port = new Reopening(config, engine, self);
  }

  static Cluster start(ClusterConfig config, LocalEngine engine, NodeFacts self) {
    if (!config.insecure()) {
      throw new Refused(
          new Failure.Forbidden(
              "the cluster port has no authentication yet: add --cluster-insecure to open it all the same, on a closed network"));
    }
    var listen = Endpoint.parse(config.listen(), "--cluster-listen");
    config.join().forEach(one -> Endpoint.parse(one, "--join"));
    if (listen.wildcard() && config.advertise().isEmpty()) {
      throw new Refused(
          new Failure.Invalid(
              "other nodes can not reach %s: give --cluster-listen an address of this host, or set argosy.cluster.advertise"
                  .formatted(listen)));
    }
    return new Joined(config, engine, self);
  }

  private Membership membership() {
    return port.membership();
  }

  Links links() {
    var reachable = new ArrayList<Link>();
    var silent = new ArrayList<String>();
    Reopening.Lines lines = port.lines();
    reachable.add(
        new Link(
            self,
            true,
            engine,
            lines == null || membership().address().isEmpty()
                ? Link.Claiming.NONE
                : new GatewayClaiming(lines.system(), membership().address(), config.gather())));
    for (Membership.Other other : membership().others()) {
      if (other.reachable() && lines != null) {
        reachable.add(link(other, lines));
      } else {
        silent.add(other.facts().name());
      }
    }
    return new Links(reachable, silent, config.gather());
  }

  private Link link(Membership.Other other, Reopening.Lines lines) {
    return new Link(
        other.facts(),
        false,
        new RemoteEngine(other.facts().name(), other.address(), lines.caller()),
        new GatewayClaiming(lines.system(), other.address(), config.gather()));
  }

  @Override
  public CompletionStage<List<Node>> nodes() {
    var nodes = new ArrayList<Node>(List.of(me()));
    membership().others().forEach(other -> nodes.add(node(other)));
    return CompletableFuture.completedStage(List.copyOf(nodes));
  }

  private Node me() {
    Membership now = membership();
    return new Node(
        self.name(),
        self.id(),
        Endpoint.of(now.address()),
        self.peer(),
        now.joined() ? Node.State.UP : Node.State.JOINING,
        true,
        self.labels(),
        since,
        self.version());
  }

  private static Node node(Membership.Other other) {
    return new Node(
        other.facts().name(),
        other.facts().id(),
        Endpoint.of(other.address()),
        other.facts().peer(),
        Node.State.valueOf(other.presence().name()),
        false,
        other.facts().labels(),
        other.since(),
        other.facts().version());
  }

  @Override
  public CompletionStage<Outcome<Member>> node(String nameOrId) {
    return CompletableFuture.completedStage(Directory.named(links(), nameOrId).then(this::member));
  }

  @Override
  public CompletionStage<Outcome<Member>> owner(Thing thing, String reference) {
    var place =
        switch (thing) {
          case CONTAINER -> directory.container(reference);
          case EXEC -> directory.exec(reference);
          case IMAGE -> directory.image(reference);
        };
    return place.thenApply(outcome -> outcome.then(found -> member(found.link())));
  }

  private Outcome<Member> member(Link link) {
    if (link.self()) {
      return Outcome.ok(new Member(me(), engine, null));
    }
    return membership().others().stream()
        .filter(other -> other.facts().id().equals(link.facts().id()))
        .findFirst()
        .map(other -> Outcome.ok(new Member(node(other), link.engine(), link.facts().peer())))
        .orElseGet(() ->
            Outcome.failed(
                new Failure.Unavailable("node %s has just gone".formatted(link.name()))));
  }

  @Override
  public Engine whole() {
    return whole(_ -> {});
  }

  @Override
  public Engine whole(Consumer<String> silent) {
    return new WholeEngine(this::links, directory, silent);
  }

  @Override
  public CompletionStage<Standing> standing() {
    Membership now = membership();
    int unreachable = (int) now.others().stream().filter(other -> !other.reachable()).count();
    String warning = now.warning().isEmpty() ? INSECURE : INSECURE + "; " + now.warning();
    return CompletableFuture.completedStage(
        new Standing(
            now.joined(),
            Endpoint.of(now.address()),
            1 + now.others().size(),
            unreachable,
            warning));
  }

  @Override
  public void close() {
    port.close();
  }
}
