package argosy.http.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.spec.ContainerSpec.RestartPolicy;
import argosy.engine.spec.NetworkSpec.Binding;
import argosy.engine.spec.Port;
import argosy.engine.spec.Resources;
import argosy.engine.spec.Storage.MountType;
import argosy.http.answer.Body;
import argosy.http.wire.HostConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SpecTranslationTest {
  @Test
  void a_plain_run_asks_for_nothing() {
    var spec = Bodies.spec("run-plain");
    assertEquals("busybox", spec.image());
    assertEquals("default", spec.network().mode());
    assertNull(spec.process().cmd());
    assertNull(spec.process().entrypoint());
    assertNull(spec.health());
    assertNull(spec.runtime());
    assertNull(spec.resources().memory().swappiness());
    assertNull(spec.resources().pidsLimit());
    assertNull(spec.process().consoleSize());
    assertEquals(RestartPolicy.NONE, spec.restart());
    assertTrue(spec.process().stdio().attachStdout());
  }

  @Test
  void an_empty_body_is_enough() {
    var spec = Bodies.specOf("{\"Image\":\"x\"}");
    assertEquals("default", spec.network().mode());
    assertEquals(Resources.NONE, spec.resources());
  }

  @Test
  void a_web_server_with_ports_names_and_a_policy() {
    var spec = Bodies.spec("run-web");
    var network = spec.network();
    assertEquals("front", network.mode());
    assertEquals(
        Map.of(
            new Port(80, "tcp"), List.of(new Binding("", "8080")),
            new Port(443, "tcp"), List.of(new Binding("127.0.0.1", "8443")),
            new Port(53, "udp"), List.of(new Binding("", "53"))),
        network.bindings());
    assertTrue(network.exposed().contains(new Port(9000, "tcp")));
    assertTrue(network.publishAll());
    var front = Objects.requireNonNull(network.endpoints().get("front"));
    assertEquals("10.1.0.9", front.ipv4Address());
    assertEquals(List.of("w"), front.aliases());
    assertEquals(new RestartPolicy(RestartPolicy.Name.ON_FAILURE, 3), spec.restart());
    assertEquals(List.of("A=1", "B="), spec.process().env());
    assertEquals(Map.of("tier", "web"), spec.identity().labels());
  }

  @Test
  void limits() {
    var resources = Bodies.spec("run-limits").resources();
    assertEquals(new Resources.Memory(64 << 20, 0, 128 << 20, null, 32 << 20), resources.memory());
    assertEquals(1_500_000_000, resources.cpu().nano());
    assertEquals("0-1", resources.cpu().cpusetCpus());
    assertEquals(50, resources.pidsLimit());
    assertEquals(List.of(new Resources.Ulimit("nofile", 1024, 2048)), resources.ulimits());
    assertEquals(List.of(new Resources.Device("/dev/null", "/dev/nul", "rw")), resources.devices());
    assertEquals(100, resources.blockIo().weight());
    assertEquals(
        List.of(new Resources.DeviceRate("/dev/vda", 1 << 20)), resources.blockIo().readBps());
    assertEquals(10, resources.oomScoreAdj());
    assertEquals("/p", resources.cgroupParent());
  }

  @Test
  void storage() {
    var storage = Bodies.spec("run-storage").storage();
    assertEquals(List.of("data:/d", "/host:/c:ro"), storage.binds());
    assertEquals(Set.of("/anon"), storage.anonymousVolumes());
    assertEquals(Map.of("/t", "size=1m"), storage.tmpfs());
    var bind = storage.mounts().get(0);
    assertEquals(MountType.BIND, bind.type());
    assertTrue(bind.readOnly());
    assertEquals("rslave", bind.propagation());
    var volume = Objects.requireNonNull(storage.mounts().get(1).volume());
    assertTrue(volume.noCopy());
    assertEquals(Map.of("o", "x"), volume.driverOptions());
    assertEquals(1000, storage.mounts().get(2).tmpfsSize());
    assertEquals(01770, storage.mounts().get(2).tmpfsMode());
  }

  @Test
  void security_and_namespaces() {
    var spec = Bodies.spec("run-security");
    assertTrue(spec.security().privileged());
    assertEquals(List.of("CAP_NET_ADMIN"), spec.security().capAdd());
    assertEquals(List.of("no-new-privileges"), spec.security().securityOpt());
    assertEquals("host", spec.isolation().pid());
    assertTrue(spec.isolation().init());
    assertEquals("1:2", spec.process().user());
    assertEquals(List.of("3"), spec.process().groupAdd());
    assertEquals(Map.of("a", "b"), spec.identity().annotations());
  }

  @Test
  void health_names_and_an_entrypoint_taken_away_as_the_cli_says_it() {
    var spec = Bodies.spec("run-health");
    var health = Objects.requireNonNull(spec.health());
    assertEquals(List.of("CMD-SHELL", "true"), health.test());
    assertEquals(Duration.ofSeconds(2), health.interval());
    assertEquals(Duration.ofMillis(500), health.startInterval());
    assertEquals(List.of(""), spec.process().entrypoint());
    assertEquals(List.of("true"), spec.process().cmd());
    assertEquals("INT", spec.process().stopSignal());
    assertEquals(3, spec.process().stopTimeout());
    assertEquals(List.of("other:o"), spec.network().names().links());
    assertEquals(Map.of("max-size", "1m"), spec.log().options());
  }

  @Test
  void words_may_stand_alone_and_nulls_mean_nothing() {
    var spec =
        Bodies.specOf(
            """
            {"Image": "x", "Cmd": "true", "entrypoint": "sh", "Labels": {"a": null},
             "ExposedPorts": {"80": {}}, "HostConfig": {"PortBindings": {"80/tcp": null},
             "CapAdd": "ALL", "Unknown": 1}}
            """);
    assertEquals(List.of("true"), spec.process().cmd());
    assertEquals(List.of("sh"), spec.process().entrypoint());
    assertEquals(Map.of("a", ""), spec.identity().labels());
    assertEquals(Map.of(new Port(80, "tcp"), List.of()), spec.network().bindings());
    assertEquals(List.of("ALL"), spec.security().capAdd());
  }

  @Test
  void an_update_leaves_out_what_it_does_not_say() {
    var asked = Body.as(Bodies.recorded("update"), HostConfig.class);
    var resources = ResourceTranslation.update(asked);
    assertEquals(128 << 20, resources.memory().limit());
    assertEquals(2_000_000_000, resources.cpu().nano());
    assertNull(resources.pidsLimit());
    assertNull(resources.oomKillDisable());
    assertEquals(RestartPolicy.Name.ALWAYS, SpecTranslation.restart(asked.restartPolicy()).name());
  }
}
