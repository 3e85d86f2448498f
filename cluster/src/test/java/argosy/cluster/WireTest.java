package argosy.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.cluster.gateway.Caller;
import argosy.cluster.gateway.Gateway;
import argosy.cluster.member.ClusterRecord;
import argosy.cluster.member.Greeting;
import argosy.cluster.member.Known;
import argosy.cluster.member.Members;
import argosy.cluster.wire.NodeFacts;
import argosy.cluster.wire.Wire;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Every message that crosses hosts arrives as it left, through the serializer that is bound. */
class WireTest {
  private static final ActorTestKit KIT =
      ActorTestKit.create(
          ConfigFactory.parseMap(
                  Map.of(
                      "pekko.remote.artery.canonical.hostname",
                      "127.0.0.1",
                      "pekko.remote.artery.canonical.port",
                      0))
              .withFallback(ConfigFactory.load().getConfig("argosy.cluster.system"))
              .withFallback(ConfigFactory.load()));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private static List<Wire> samples() {
    var facts = new NodeFacts("n1", "id", List.of("a=b"), URI.create("http://h:1"), "0.1");
    var bare = new NodeFacts("n1", "id", List.of(), null, "0.1");
    var known = new Known("id", "n1", "pekko://x@h:1");
    var record = new ClusterRecord("c", "id", List.of(known), List.of(known));
    return List.of(
        new Gateway.Call(1, "t", new byte[] {1}, KIT.<Caller.Command>createTestProbe().ref()),
        new Gateway.More(1, KIT.<Caller.Command>createTestProbe().ref()),
        new Gateway.Claim("web", "me", KIT.<Gateway.Claimed>createTestProbe().ref()),
        new Gateway.Claimed(true),
        new Gateway.Release("web", "me"),
        new Caller.Part(1, 2, 3, true, new byte[] {1, 2}),
        new Members.Knock(facts, "a", "c", KIT.<Greeting>createTestProbe().ref()),
        new Greeting(Greeting.State.SEEKING, bare, "a", "c", "", record),
        new Greeting(Greeting.State.REFUSED, facts, "a", "c", "because", null));
  }

  @Test
  void everyMessageArrives() {
    for (Wire message : samples()) {
      switch (message) {
        case Gateway.Call call -> {
          var back = KIT.serializationTestKit().verifySerialization(call, false);
          assertEquals(call.replyTo(), back.replyTo());
          assertArrayEquals(call.request(), back.request());
        }
        case Caller.Part part ->
            assertArrayEquals(
                part.bytes(), KIT.serializationTestKit().verifySerialization(part, false).bytes());
        default -> KIT.serializationTestKit().verifySerialization(message, true);
      }
    }
  }

  @Test
  void everyMessageHasASample() {
    var marked =
        new ClassFileImporter()
            .importPackages("argosy.cluster").stream()
                .filter(c -> c.isAssignableTo(Wire.class) && !c.isInterface())
                .map(JavaClass::getName)
                .collect(Collectors.toSet());
    var sampled =
        samples().stream().map(sample -> sample.getClass().getName()).collect(Collectors.toSet());
    assertEquals(marked, sampled);
    assertTrue(marked.size() >= 8);
  }
}
