package argosy.engine.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.failure.Failure;
import argosy.engine.network.NetworkRequest.Network;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Networks made, listed and removed, and what is known after a restart. */
class NetworksTest extends PaperNetworks {
  @Test
  void the_default_networks_are_there_and_keep_their_ids() {
    assertEquals(List.of("bridge", "host", "none"), names(Map.of()));
    String id = network("bridge").id();
    assertEquals(id, network(id.substring(0, 5)).id());
    kit.stop(networks);
    spawn();
    assertEquals(id, network("bridge").id());
  }

  @Test
  void joins_wait_until_it_is_known_what_runs() {
    Sandbox old = sandbox(network("bridge").id(), "172.17.0.2");
    kit.stop(networks);
    networks = kit.spawn(Networks.create(around(new Remembered())));
    join("b", web("8080"));
    joins.expectNoMessage(Duration.ofMillis(200));
    adopt(List.of(old));
    Sandbox joined = joined();
    assertEquals("172.17.0.3", joined.endpoints().getFirst().ipv4());
    assertTrue(wiring.log.contains("reconcile [/netns/00000000000000aa]"), wiring.log.toString());
  }

  @Test
  void an_actor_restarted_after_a_failure_knows_what_runs() {
    join("a", web("8080"));
    String path = joined().path();
    kit.stop(networks);
    spawn();
    TestNamespaces.await(
        "it adopts by itself", () -> wiring.log.contains("reconcile [" + path + "]"));
    join("b", web("8080"));
    assertInstanceOf(Failure.Internal.class, refused());
    assertEquals(Set.of("a"), network("bridge").endpoints().keySet());
  }

  @Test
  void networks_are_made_listed_and_removed() {
    Network own = create("own");
    assertEquals(own, network("own"));
    assertEquals("create", event().action());
    assertEquals(
        new Failure.Conflict("network with name own already exists"), failure(creation("own")));
    assertEquals(List.of("own"), names(Map.of("type", List.of("custom"))));
    assertEquals(List.of("own"), names(Map.of("dangling", List.of("true"))));
    assertEquals(List.of("bridge", "own"), names(Map.of("driver", List.of("bridge"))));
    join("a", at("172.18.0.9"));
    joined();
    assertEquals(
        "error while removing network: network own has active endpoints (name:\"a\" id:\"a\")",
        failure(new NetworkRequest.Remove("own")).message());
    assertEquals(new NetworkRequest.Pruned(List.of()), ok(new NetworkRequest.Prune(Map.of())));
    leave("a");
    assertEquals(new NetworkRequest.Pruned(List.of("own")), ok(new NetworkRequest.Prune(Map.of())));
    assertEquals(
        new Failure.NotFound("network own not found"), failure(new NetworkRequest.Inspect("own")));
    assertEquals(
        new Failure.Forbidden("bridge is a pre-defined network and cannot be removed"),
        failure(new NetworkRequest.Remove("bridge")));
    assertEquals(
        new Failure.Forbidden("operation is not permitted on predefined host network"),
        failure(creation("host")));
  }

  private List<String> names(Map<String, List<String>> filters) {
    return ((NetworkRequest.Listed) ok(new NetworkRequest.Find(filters)))
        .networks().stream().map(Network::name).toList();
  }
}
