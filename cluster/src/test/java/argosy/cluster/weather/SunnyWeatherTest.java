package argosy.cluster.weather;

import static argosy.cluster.weather.Fleet.await;
import static argosy.cluster.weather.Fleet.failure;
import static argosy.cluster.weather.Fleet.get;
import static argosy.cluster.weather.Fleet.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.cluster.Cluster;
import argosy.cluster.Cluster.Thing;
import argosy.cluster.Samples;
import argosy.cluster.weather.Fleet.Ship;
import argosy.engine.HostRequest;
import argosy.engine.container.Container;
import argosy.engine.container.ContainerRequest;
import argosy.engine.container.Lifecycle;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.network.NetworkRequest;
import argosy.engine.volume.VolumeRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three hosts that reach each other. */
class SunnyWeatherTest {
  private static Fleet fleet;
  private static Ship n1;
  private static Ship n2;
  private static Ship n3;

  @BeforeAll
  static void form(@TempDir Path root) {
    fleet = new Fleet(root);
    n1 = fleet.launch("n1");
    n2 = fleet.launch("n2", n1);
    n3 = fleet.launch("n3", n1);
    for (Ship ship : List.of(n1, n2, n3)) {
      await(ship.name + " sees three nodes", () -> ship.sees(3));
    }
  }

  @AfterAll
  static void disperse() {
    fleet.close();
  }

  @BeforeEach
  void clear() {
    for (Ship ship : List.of(n1, n2, n3)) {
      ship.engine.containers.clear();
      ship.engine.images.clear();
      ship.engine.networks.clear();
      ship.engine.volumes.clear();
      ship.engine.refusesCreate = java.util.Optional.empty();
      ship.engine.withImage("busybox");
    }
  }

  private static Container put(Ship ship, String id, String name) {
    var container = Samples.container(id, name, Samples.spec("busybox"), new Lifecycle.Created());
    ship.engine.containers.put(id, container);
    return container;
  }

  private static ContainerRequest.Find everything() {
    return new ContainerRequest.Find(true, 0, false, Map.of());
  }

  @Test
  void everyNodeIsKnownWithItsFacts() {
    var node = n2.nodes().stream().filter(n -> n.name().equals("n3")).findFirst().orElseThrow();
    assertEquals("id-n3", node.id());
    assertEquals(List.of("name=n3"), node.labels());
    assertEquals("http://127.0.0.1:1/n3", String.valueOf(node.peer()));
    assertEquals(n3.address(), node.address());
    assertEquals("n2", n2.nodes().getFirst().name());
    assertTrue(n1.standing().warning().contains("--cluster-insecure"));
  }

  @Test
  void aListSpansAllNodesAndNamesThem() {
    put(n1, "1".repeat(64), "one");
    put(n3, "3".repeat(64), "three");
    var listed = ok(n2.cluster.whole().containers(everything())).containers();
    assertEquals(
        Map.of("one", "n1", "three", "n3"),
        listed.stream()
            .collect(
                Collectors.toMap(
                    Container::name, c -> c.spec().identity().labels().get("io.argosy.node"))));
    var filtered =
        new ContainerRequest.Find(true, 0, false, Map.of("label", List.of("io.argosy.node=n3")));
    assertEquals(1, ok(n2.cluster.whole().containers(filtered)).containers().size());
  }

  @Test
  void aLargeListComesInParts() {
    IntStream.range(0, 3000).forEach(i -> put(n3, "%064x".formatted(i), "c" + i));
    var member = ok(n1.cluster.node("n3"));
    assertEquals(3000, ok(member.engine().containers(everything())).containers().size());
  }

  @Test
  void aRequestTooLargeForTheWireIsRefused() {
    var member = ok(n1.cluster.node("n3"));
    var large = new ContainerRequest.Inspect("x".repeat(300_000), false);
    assertTrue(failure(member.engine().containers(large)).message().contains("too large"));
  }

  @Test
  void aContainerIsFoundFromAnywhere() {
    put(n3, "3".repeat(64), "web");
    for (String reference : List.of("web", "3".repeat(64), "333333", "web@n3")) {
      var found = ok(n1.cluster.whole().containers(new ContainerRequest.Inspect(reference, false)));
      assertEquals("web", found.name());
    }
    var owner = ok(n1.cluster.owner(Thing.CONTAINER, "web"));
    assertEquals("n3", owner.node().name());
    assertNotNull(owner.peer());
    assertEquals(
        new Failure.NotFound("No such container: nobody"),
        failure(n1.cluster.whole().containers(new ContainerRequest.Inspect("nobody", false))));
  }

  @Test
  void aPrefixOnTwoNodesIsRefused() {
    put(n1, "ab" + "1".repeat(62), "one");
    put(n2, "ab" + "2".repeat(62), "two");
    assertEquals(
        "Multiple IDs found with provided prefix: ab",
        failure(n3.cluster.whole().containers(new ContainerRequest.Inspect("ab", false)))
            .message());
    put(n3, "c".repeat(64), "ab");
    assertEquals(
        "ab", ok(n3.cluster.whole().containers(new ContainerRequest.Inspect("ab", false))).name());
  }

  @Test
  void aRemovedContainerIsForgottenByTheDirectory() {
    String id = "3".repeat(64);
    put(n3, id, "web");
    var whole = n1.cluster.whole();
    ok(whole.containers(new ContainerRequest.Inspect(id, false)));
    ok(whole.containers(new ContainerRequest.Remove(id, false, false)));
    put(n2, id, "web");
    ok(whole.containers(new ContainerRequest.Start(id)));
  }

  @Test
  void createsAreSpreadAndConstraintsMet() {
    var whole = n1.cluster.whole();
    for (int i = 0; i < 3; i++) {
      ok(whole.containers(new ContainerRequest.Create("c" + i, Samples.spec("busybox"))));
    }
    for (Ship ship : List.of(n1, n2, n3)) {
      assertEquals(1, ship.engine.containers.size(), ship.name);
    }
    var pinned = Samples.spec("busybox", "A=1", "constraint:node==n2");
    ok(whole.containers(new ContainerRequest.Create("pinned", pinned)));
    var container =
        n2.engine.containers.values().stream()
            .filter(c -> c.name().equals("pinned"))
            .findFirst()
            .orElseThrow();
    assertEquals(List.of("A=1"), container.spec().process().env());
    assertEquals("node==n2", container.spec().identity().labels().get("io.argosy.constraint"));
  }

  @Test
  void aNameIsGivenOnce() {
    put(n3, "3".repeat(64), "web");
    var whole = n1.cluster.whole();
    var failure =
        failure(whole.containers(new ContainerRequest.Create("web", Samples.spec("busybox"))));
    assertEquals(
        new Failure.Conflict(
            "Conflict. The container name \"/web\" is already in use by container \""
                + "3".repeat(64)
                + "\". You have to remove (or rename) that container to be able to reuse that name."),
        failure);
    var race =
        List.of(n1, n2, n3).stream()
            .map(ship ->
                ship.cluster
                    .whole()
                    .containers(new ContainerRequest.Create("race", Samples.spec("busybox"))))
            .toList();
    long made = race.stream().filter(one -> get(one) instanceof Outcome.Ok<?>).count();
    assertEquals(1, made);
  }

  @Test
  void aMissingImageIsDockersText() {
    assertEquals(
        Failure.noSuchImage("nothing"),
        failure(
            n1.cluster
                .whole()
                .containers(new ContainerRequest.Create("x", Samples.spec("nothing")))));
  }

  @Test
  void theNextNodeIsTriedAndAllReasonsAreTold() {
    n1.engine.refusesCreate = java.util.Optional.of(new Failure.Internal("disk full"));
    n2.engine.refusesCreate = java.util.Optional.of(new Failure.Internal("no cgroups"));
    var whole = n1.cluster.whole();
    ok(whole.containers(new ContainerRequest.Create("a", Samples.spec("busybox"))));
    assertEquals(1, n3.engine.containers.size());
    n3.engine.images.clear();
    var failure =
        failure(whole.containers(new ContainerRequest.Create("b", Samples.spec("busybox"))));
    assertInstanceOf(Failure.Unavailable.class, failure);
    for (String reason :
        List.of("n1 refused: disk full", "n2 refused: no cgroups", "n3 does not have the image")) {
      assertTrue(failure.message().contains(reason), failure.message());
    }
  }

  @Test
  void networksAreEverywhereAndVolumesWhereTheyWereMade() {
    var whole = n1.cluster.whole();
    ok(
        whole.networks(
            new NetworkRequest.Create(
                "front", "bridge", false, false, false, List.of(), Map.of(), Map.of())));
    assertEquals(1, n3.engine.networks.size());
    assertEquals(1, ok(whole.networks(new NetworkRequest.Find(Map.of()))).networks().size());
    ok(whole.volumes(new VolumeRequest.Create("data", "local", Map.of(), Map.of())));
    assertEquals(1, n1.engine.volumes.size());
    put(n1, "1".repeat(64), "makes n1 the fullest");
    var spec = Samples.on(Samples.spec("busybox"), "front", "data:/data");
    ok(n2.cluster.whole().containers(new ContainerRequest.Create("db", spec)));
    assertTrue(n1.engine.containers.values().stream().anyMatch(c -> c.name().equals("db")));
    ok(whole.networks(new NetworkRequest.Remove("front")));
    assertTrue(n2.engine.networks.isEmpty());
  }

  @Test
  void theHostsAreAddedUp() {
    var facts = ok(n1.cluster.whole().host(new HostRequest.Facts()));
    assertEquals(12, facts.cpus());
    assertEquals(24L << 30, facts.memory());
    assertEquals(List.of("io.argosy.nodes=n1,n2,n3"), facts.labels());
  }

  @Test
  void anUnknownNodeIsNotFound() {
    assertInstanceOf(Failure.NotFound.class, failure(n1.cluster.node("n9")));
    Cluster.Member me = ok(n1.cluster.node("n1"));
    assertTrue(me.node().self());
    assertFalse(ok(n1.cluster.node("id-n2")).node().self());
  }

  @Test
  void aSlowNodeIsNamedAsSilent() {
    var silent = new TreeSet<String>();
    put(n1, "1".repeat(64), "one");
    n3.engine.gate = new java.util.concurrent.CompletableFuture<>();
    try {
      var listed = ok(n2.cluster.whole(silent::add).containers(everything()));
      assertEquals(1, listed.containers().size());
      assertEquals(List.of("n3"), List.copyOf(silent));
    } finally {
      n3.engine.gate = java.util.concurrent.CompletableFuture.completedFuture(null);
    }
  }
}
