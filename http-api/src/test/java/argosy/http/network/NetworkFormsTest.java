package argosy.http.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.failure.Refused;
import argosy.engine.network.Endpoint;
import argosy.engine.network.NetworkRequest.Network;
import argosy.engine.network.NetworkRequest.Pool;
import argosy.engine.spec.NetworkSpec.EndpointSpec;
import argosy.http.Golden;
import argosy.http.json.Json;
import argosy.http.version.ApiVersion;
import argosy.http.wire.NetworkCreate;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkFormsTest {
  @Test
  void a_recorded_create() throws IOException {
    try (var body = getClass().getResourceAsStream("create.json")) {
      var asked = NetworkForms.create(Json.mapper().readValue(body, NetworkCreate.class));
      assertEquals("front", asked.name());
      assertEquals("bridge", asked.driver());
      assertTrue(asked.internal() && asked.attachable() && asked.ipv6());
      assertEquals(
          List.of(new Pool("10.9.0.0/16", "10.9.1.0/24", "10.9.0.1", Map.of("x", "10.9.0.2"))),
          asked.pools());
      assertEquals(Map.of("k", "v"), asked.options());
      assertEquals(Map.of("l", "1"), asked.labels());
    }
  }

  @Test
  void what_can_not_be_had_is_refused() {
    for (String asked :
        List.of(
            "{}",
            "{\"Name\":\"a\",\"Scope\":\"swarm\"}",
            "{\"Name\":\"a\",\"Ingress\":true}",
            "{\"Name\":\"a\",\"IPAM\":{\"Driver\":\"odd\"}}")) {
      assertThrows(
          Refused.class,
          () -> NetworkForms.create(Json.mapper().readValue(asked, NetworkCreate.class)),
          asked);
    }
  }

  @Test
  void a_network_with_a_container() {
    var shown = NetworkForms.resource(network(), true, ApiVersion.NEWEST);
    Golden.same(
        """
        {"Name": "front", "Id": "n1", "Created": "2026-11-21T00:00:00.000000000Z",
         "Scope": "local", "Driver": "bridge", "EnableIPv4": true, "EnableIPv6": false,
         "IPAM": {"Driver": "default", "Options": {},
           "Config": [{"Subnet": "10.1.0.0/16", "Gateway": "10.1.0.1"}]},
         "Internal": false, "Attachable": false, "Ingress": false,
         "ConfigFrom": {"Network": ""}, "ConfigOnly": false,
         "Containers": {"c1": {"Name": "web", "EndpointID": "e1",
           "MacAddress": "02:42:0a:01:00:09", "IPv4Address": "10.1.0.9/16", "IPv6Address": ""}},
         "Options": {}, "Labels": {}}
        """,
        shown);
  }

  @Test
  void a_list_leaves_the_containers_out_and_old_versions_the_flag() {
    var shown = NetworkForms.resource(network(), false, new ApiVersion(1, 47));
    Golden.contains("{\"Containers\": {}}", shown);
    assertFalse(Golden.has(shown, "EnableIPv4"));
  }

  private static Network network() {
    var endpoint =
        new Endpoint(
            "e1",
            "front",
            "n1",
            "c1",
            "web",
            "eth0",
            "02:42:0a:01:00:09",
            "10.1.0.9",
            16,
            "10.1.0.1",
            "",
            0,
            "",
            EndpointSpec.ANY,
            List.of());
    return new Network(
        "n1",
        "front",
        "bridge",
        Instant.parse("2026-11-21T00:00:00Z"),
        false,
        false,
        false,
        List.of(new Pool("10.1.0.0/16", "", "10.1.0.1", Map.of())),
        Map.of(),
        Map.of(),
        Map.of("c1", endpoint));
  }
}
