package argosy.http.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.cluster.Cluster.Node;
import argosy.cluster.Cluster.Standing;
import argosy.engine.HostRequest;
import argosy.engine.HostRequest.Counts;
import argosy.engine.HostRequest.HostFacts;
import argosy.http.Golden;
import argosy.http.version.ApiVersion;
import argosy.http.wire.Info;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InfoViewTest {
  @Test
  void a_host_alone() {
    var info = info(new Standing(false, "", 1, 0, ""), List.of(), ApiVersion.NEWEST);
    Golden.contains(
        """
        {"ID": "abc", "Name": "n1", "Containers": 6, "ContainersRunning": 1,
         "ContainersPaused": 2, "ContainersStopped": 3, "Images": 4, "NCPU": 2,
         "MemTotal": 1024, "Driver": "overlay2", "CgroupDriver": "cgroupfs",
         "CgroupVersion": "2", "OSType": "linux", "Architecture": "x86_64",
         "ServerVersion": "28.3.0+argosy.0.1.0", "DockerRootDir": "/var/lib/argosy",
         "DefaultRuntime": "crun", "Runtimes": {"crun": {"path": "/usr/bin/crun"}},
         "Swarm": {"NodeID": "", "NodeAddr": "", "LocalNodeState": "inactive",
           "ControlAvailable": false, "Error": "", "RemoteManagers": null},
         "Labels": ["rack=7"], "Warnings": ["WARNING: no CAP_SYS_RESOURCE"],
         "HttpProxy": "http://xxxxx:xxxxx@proxy:3128", "HttpsProxy": "https", "NoProxy": "example.org",
         "RuncCommit": {"ID": ""}, "FirewallBackend": {"Driver": "nftables"}}
        """,
        info);
    for (String absent : List.of("SystemStatus", "BridgeNfIptables")) {
      assertFalse(Golden.has(info, absent), absent);
    }
  }

  @Test
  void a_member_of_a_cluster_says_what_the_cluster_is() {
    var nodes =
        List.of(
            node("n1", Node.State.UP, "10.0.0.1:7946"),
            node("n2", Node.State.UNREACHABLE, "10.0.0.2:7946"));
    var info = info(new Standing(true, "10.0.0.1:7946", 2, 1, "plain"), nodes, ApiVersion.NEWEST);
    Golden.contains(
        """
        {"SystemStatus": [["Cluster address", "10.0.0.1:7946"], ["Nodes", "2, 1 unreachable"],
           [" n1", "up at 10.0.0.1:7946"], [" n2", "unreachable at 10.0.0.2:7946"]],
         "Labels": ["rack=7", "io.argosy.cluster.nodes=2", "io.argosy.cluster.unreachable=1"],
         "Warnings": ["WARNING: no CAP_SYS_RESOURCE", "WARNING: plain"]}
        """,
        info);
  }

  @Test
  void older_versions_see_what_they_know() {
    var info = info(new Standing(false, "", 1, 0, ""), List.of(), new ApiVersion(1, 32));
    assertTrue(Golden.has(info, "BridgeNfIptables"));
    assertFalse(Golden.has(info, "FirewallBackend"));
    Golden.contains("{\"RuncCommit\": {\"ID\": \"\", \"Expected\": \"\"}}", info);
  }

  @Test
  void version() {
    var version = VersionView.of(facts(), "0.1.0");
    Golden.contains(
        """
        {"Version": "28.3.0+argosy.0.1.0", "ApiVersion": "1.51", "MinAPIVersion": "1.24", "Os": "linux",
         "Arch": "amd64", "KernelVersion": "6.18", "Platform": {"Name": "Argosy"}}
        """,
        version);
    assertEquals("Engine", version.components().getFirst().name());
  }

  private static Info info(Standing standing, List<Node> nodes, ApiVersion version) {
    return InfoView.of(facts(), new ClusterFacts(standing, nodes), "0.1.0", Instant.EPOCH, version);
  }

  private static Node node(String name, Node.State state, String address) {
    return new Node(name, name, address, null, state, name.equals("n1"), List.of(), null, "");
  }

  private static HostFacts facts() {
    return new HostFacts(
        "abc",
        "n1",
        List.of("rack=7"),
        2,
        1024,
        "x86_64",
        "6.18",
        "Debian",
        "12",
        2,
        "/var/lib/argosy",
        Map.of("crun", "/usr/bin/crun"),
        "crun",
        List.of(),
        List.of(),
        new HostRequest.Proxies("http://xxxxx:xxxxx@proxy:3128", "https", "example.org"),
        new Counts(1, 2, 3, 4),
        false,
        List.of("no CAP_SYS_RESOURCE"));
  }
}
