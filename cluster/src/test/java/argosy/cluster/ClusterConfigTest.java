package argosy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.cluster.wire.NodeFacts;
import argosy.engine.failure.Refused;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterConfigTest {
  private static final NodeFacts SELF = new NodeFacts("n1", "id", List.of(), null, "0.1");

  private static Config with(String text) {
    return ConfigFactory.parseString(text).withFallback(ConfigFactory.load());
  }

  private static String refusal(String text) {
    var config = ClusterConfig.from(with(text));
    return String.valueOf(
        assertThrows(Refused.class, () -> Cluster.start(config, new FakeEngine("n1"), SELF).close())
            .getMessage());
  }

  @Test
  void theDefaults() {
    var config = ClusterConfig.from(ConfigFactory.load());
    assertEquals("", config.listen());
    assertEquals("", config.advertise());
    assertEquals(List.of(), config.join());
    assertFalse(config.insecure());
    assertFalse(config.foundAnew());
    assertEquals(Duration.ofSeconds(2), config.gather());
    assertEquals(Duration.ofSeconds(1), config.retry());
    assertEquals(Path.of("/var/lib/argosy"), config.directory());
  }

  @Test
  void theSystemsSettingsAreItsOwn() {
    var system = ClusterConfig.from(ConfigFactory.load()).system();
    assertEquals("cluster", system.getString("pekko.actor.provider"));
    assertEquals("local", ConfigFactory.load().getString("pekko.actor.provider"));
    assertFalse(system.getBoolean("pekko.actor.allow-java-serialization"));
    assertFalse(system.getBoolean("pekko.coordinated-shutdown.exit-jvm"));
    assertFalse(system.getBoolean("pekko.coordinated-shutdown.run-by-actor-system-terminate"));
    assertFalse(system.getBoolean("pekko.jvm-shutdown-hooks"));
    var cluster = system.getConfig("pekko.cluster");
    assertEquals(Duration.ofSeconds(1), cluster.getDuration("failure-detector.heartbeat-interval"));
    assertEquals(
        Duration.ofSeconds(5), cluster.getDuration("failure-detector.acceptable-heartbeat-pause"));
    assertEquals(Duration.ofSeconds(7), cluster.getDuration("split-brain-resolver.stable-after"));
    assertEquals("keep-majority", cluster.getString("split-brain-resolver.active-strategy"));
  }

  @Test
  void withoutAPortTheHostIsAlone() throws Exception {
    var config = ClusterConfig.from(ConfigFactory.load());
    try (var cluster = Cluster.start(config, new FakeEngine("n1"), SELF)) {
      assertFalse(cluster.standing().toCompletableFuture().get().joined());
    }
  }

  @Test
  void anOpenPortNeedsTheOperatorsWord() {
    assertTrue(
        refusal("argosy.cluster.listen = \"127.0.0.1:7946\"").contains("--cluster-insecure"));
  }

  @Test
  void addressesAreChecked() {
    assertEquals(
        "--cluster-listen \"7946\" is not ADDR:PORT",
        refusal("argosy.cluster { insecure = true, listen = \"7946\" }"));
    assertEquals(
        "--join \"n1:x\" is not ADDR:PORT",
        refusal(
            "argosy.cluster { insecure = true, listen = \"127.0.0.1:7946\", join = [\"n1:x\"] }"));
    assertTrue(
        refusal("argosy.cluster { insecure = true, listen = \"0.0.0.0:7946\" }")
            .contains("argosy.cluster.advertise"));
  }

  @Test
  void aTakenPortIsOneSentence(@TempDir Path root) throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String listen = "127.0.0.1:" + socket.getLocalPort();
      String sentence =
          refusal(
              """
              argosy.cluster { insecure = true, listen = "%s" }
              argosy.engine.data-root = "%s"
              """
                  .formatted(listen, root));
      assertTrue(
          sentence.startsWith("the cluster port " + listen + " can not be opened: "), sentence);
    }
  }
}
