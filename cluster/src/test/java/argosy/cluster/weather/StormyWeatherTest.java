package argosy.cluster.weather;

import static argosy.cluster.weather.Fleet.await;
import static argosy.cluster.weather.Fleet.failure;
import static argosy.cluster.weather.Fleet.get;
import static argosy.cluster.weather.Fleet.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.cluster.Cluster.Node.State;
import argosy.cluster.Samples;
import argosy.cluster.weather.Fleet.Ship;
import argosy.engine.container.ContainerRequest;
import argosy.engine.container.Lifecycle;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that go and come back. */
class StormyWeatherTest {
  private Fleet fleet;

  @BeforeEach
  void gather(@TempDir Path root) {
    fleet = new Fleet(root);
  }

  @AfterEach
  void disperse() {
    fleet.close();
  }

  private static void put(Ship ship, String id, String name) {
    ship.engine.containers.put(
        id, Samples.container(id, name, Samples.spec("busybox"), new Lifecycle.Created()));
  }

  private static final ContainerRequest.Find EVERYTHING =
      new ContainerRequest.Find(true, 0, false, Map.of());

  @Test
  void aNodeGoesAndComesBackAndNobodyFoundsTwice() {
    Ship n1 = fleet.launch("n1");
    Ship n2 = fleet.launch("n2", n1);
    Ship n3 = fleet.launch("n3", n2, n1);
    List<Ship> all = List.of(n1, n2, n3);
    all.forEach(ship -> await(ship.name + " sees three", () -> ship.sees(3)));
    all.forEach(ship -> put(ship, ship.name.charAt(1) + "0".repeat(63), "on-" + ship.name));

    // a call is under way when its node goes
    n3.engine.gate = new CompletableFuture<>();
    var waiting = ok(n1.cluster.node("n3")).engine().containers(EVERYTHING);
    n3.cluster.close();
    await("n3 is unreachable", () -> n1.stateOf("n3") == State.UNREACHABLE);
    var cut = failure(waiting);
    assertInstanceOf(Failure.Unavailable.class, cut);
    assertTrue(cut.message().startsWith("node n3 does not answer"), cut.message());
    n3.engine.gate = CompletableFuture.completedFuture(null);

    // the others answer without it and say so
    var silent = new TreeSet<String>();
    assertEquals(2, ok(n1.cluster.whole(silent::add).containers(EVERYTHING)).containers().size());
    assertEquals(List.of("n3"), List.copyOf(silent));
    assertInstanceOf(Failure.Unavailable.class, failure(n1.cluster.node("n3")));

    // it is put out, remembered as down, and its own engine answered all along
    await("n3 is down", () -> n1.stateOf("n3") == State.DOWN);
    assertInstanceOf(Outcome.Ok.class, get(n3.engine.containers(EVERYTHING)));

    // it finds its way back by what it remembers, the founder too
    n3.restart();
    all.forEach(ship -> await(ship.name + " sees three again", () -> ship.sees(3)));
    n1.restart();
    all.forEach(ship -> await(ship.name + " sees three once more", () -> ship.sees(3)));
    assertEquals(3, ok(n2.cluster.whole().containers(EVERYTHING)).containers().size());
  }

  @Test
  void twoOfThreeGoAndTheThirdWaitsWithItsEngineAtWork() {
    Ship n1 = fleet.launch("n1");
    Ship n2 = fleet.launch("n2", n1);
    Ship n3 = fleet.launch("n3", n1);
    List.of(n1, n2, n3).forEach(ship -> await(ship.name + " sees three", () -> ship.sees(3)));
    put(n3, "3".repeat(64), "web");
    n1.cluster.close();
    n2.cluster.close();

    // n3 takes itself out: its cluster system ends, a fresh one seeks
    await("n3 is outside", () -> !n3.standing().joined());
    await("n3 says whom it waits for", () -> n3.standing().warning().contains("waits for n1, n2"));
    var silent = new TreeSet<String>();
    assertEquals(1, ok(n3.cluster.whole(silent::add).containers(EVERYTHING)).containers().size());
    assertEquals(List.of("n1", "n2"), List.copyOf(silent));

    // two of three are a majority, but only the keeper founds; then all are back
    n2.restart();
    n1.restart();
    List.of(n1, n2, n3).forEach(ship -> await(ship.name + " sees three", () -> ship.sees(3)));
  }

  @Test
  void aNameIsUsedOnce() {
    Ship n1 = fleet.launch("n1");
    await("n1 founded", () -> n1.sees(1));
    Ship other = fleet.launch("n1", "another-id", n1);
    await(
        "the second n1 is refused",
        () -> other.standing().warning().contains("node name n1 is already used"));
    assertEquals(false, other.standing().joined());
    assertTrue(n1.sees(1));
    assertEquals(1, n1.nodes().size());
  }
}
