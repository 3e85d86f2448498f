package argosy.http.trial;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.Volume;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docker-java's containers: create with options, the orders, inspect, list, top, update. */
class DockerJavaContainers extends DockerJavaTrial {
  @Test
  void the_daemon_tells_what_it_is() {
    docker.pingCmd().exec();
    var version = docker.versionCmd().exec();
    assertNotNull(version.getVersion());
    assertNotNull(version.getApiVersion());
    assertEquals("linux", version.getOperatingSystem());
    assertNotNull(version.getArch());
    assertNotNull(version.getKernelVersion());
    assertNotNull(version.getComponents());
    var info = docker.infoCmd().exec();
    assertNotNull(info.getName());
    assertNotNull(info.getServerVersion());
    assertNotNull(info.getDriver());
    assertNotNull(info.getDriverStatuses());
    assertNotNull(info.getDockerRootDir());
    assertNotNull(info.getPlugins());
    assertNotNull(info.getRegistryConfig());
    assertEquals("linux", info.getOsType());
    assertTrue(info.getNCPU() > 0 && info.getMemTotal() > 0 && info.getImages() > 0);
  }

  @Test
  void create_options_are_told_back_and_kept(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("file"), "from the host");
    var host =
        HostConfig.newHostConfig()
            .withBinds(new Bind(folder.toString(), new Volume("/in"), AccessMode.ro))
            .withPortBindings(PortBinding.parse("127.0.0.1::80"), PortBinding.parse("18097:81"))
            .withMemory(64L << 20)
            .withNanoCPUs(500_000_000L)
            .withPidsLimit(64L)
            .withRestartPolicy(RestartPolicy.onFailureRestart(2))
            .withTmpFs(Map.of("/scratch", "size=1m"));
    String id =
        started(
            docker
                .createContainerCmd(BUSYBOX)
                .withName("java-full")
                .withHostName("inside")
                .withEnv("A=b")
                .withLabels(Map.of("trial", "full"))
                .withExposedPorts(ExposedPort.tcp(80), ExposedPort.tcp(81), ExposedPort.udp(53))
                .withHostConfig(host)
                .withStopTimeout(1)
                .withCmd("sh", "-c", "cat /in/file; hostname; echo $A; exec sleep 1000"));
    Shell.await("it has written", () -> log(id).equals("from the hostinside\nb\n"));
    var inspect = docker.inspectContainerCmd(id).withSize(true).exec();
    assertEquals("/java-full", inspect.getName());
    assertEquals("running", inspect.getState().getStatus());
    assertTrue(inspect.getState().getRunning());
    assertTrue(inspect.getState().getPidLong() > 0);
    assertTrue(inspect.getSizeRootFs() > 0);
    assertEquals("inside", inspect.getConfig().getHostName());
    assertEquals(64L << 20, inspect.getHostConfig().getMemory());
    assertEquals(500_000_000L, inspect.getHostConfig().getNanoCPUs());
    assertEquals(64L, inspect.getHostConfig().getPidsLimit());
    assertEquals("on-failure", inspect.getHostConfig().getRestartPolicy().getName());
    assertEquals("/in", inspect.getMounts().getFirst().getDestination().getPath());
    var ports = inspect.getNetworkSettings().getPorts().getBindings();
    var first = requireNonNull(ports.get(ExposedPort.tcp(80)))[0];
    assertEquals("127.0.0.1", first.getHostIp());
    assertTrue(Integer.parseInt(first.getHostPortSpec()) > 1024);
    assertEquals("18097", requireNonNull(ports.get(ExposedPort.tcp(81)))[0].getHostPortSpec());
    assertTrue(ports.containsKey(ExposedPort.udp(53)));
    var bridge = requireNonNull(inspect.getNetworkSettings().getNetworks().get("bridge"));
    assertNotNull(bridge.getNetworkID());
    assertFalse(bridge.getIpAddress().isEmpty());
    assertFalse(bridge.getGateway().isEmpty());
  }

  private String log(String id) {
    try {
      return docker.logContainerCmd(id).withStdOut(true).exec(new Heard()).whole().out();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void what_a_client_reads_of_a_plain_container_is_there() {
    String id = started(shell("sleep 1000"));
    var inspect = docker.inspectContainerCmd(id).exec();
    assertNotNull(inspect.getArgs());
    assertNotNull(inspect.getConfig().getCmd());
    assertNotNull(inspect.getConfig().getEnv());
    assertNotNull(inspect.getConfig().getImage());
    assertNotNull(inspect.getConfig().getLabels());
    assertNotNull(inspect.getCreated());
    assertNotNull(inspect.getDriver());
    assertNotNull(inspect.getGraphDriver().getData());
    assertNotNull(inspect.getHostConfig().getLogConfig().getType());
    assertNotNull(inspect.getHostConfig().getNetworkMode());
    assertNotNull(inspect.getHostConfig().getShmSize());
    assertNotNull(inspect.getHostnamePath());
    assertNotNull(inspect.getHostsPath());
    assertNotNull(inspect.getImageId());
    assertNotNull(inspect.getLogPath());
    assertNotNull(inspect.getMounts());
    assertNotNull(inspect.getMountLabel());
    assertNotNull(inspect.getNetworkSettings().getSandboxId());
    assertNotNull(inspect.getNetworkSettings().getSandboxKey());
    assertNotNull(inspect.getNetworkSettings().getPorts());
    assertNotNull(inspect.getPath());
    assertNotNull(inspect.getPlatform());
    assertNotNull(inspect.getProcessLabel());
    assertNotNull(inspect.getResolvConfPath());
    assertNotNull(inspect.getRestartCount());
    assertNotNull(inspect.getState().getStartedAt());
    assertNotNull(inspect.getState().getFinishedAt());
    assertNotNull(inspect.getState().getError());
    assertFalse(inspect.getState().getOOMKilled());
    assertFalse(inspect.getState().getDead());
  }

  @Test
  void the_orders_do_what_they_say() {
    String id = create(shell("trap 'exit 9' TERM; while :; do sleep 0.1; done").withName("java-a"));
    docker.startContainerCmd(id).exec();
    assertThrows(NotModifiedException.class, () -> docker.startContainerCmd(id).exec());
    docker.pauseContainerCmd(id).exec();
    assertTrue(docker.inspectContainerCmd(id).exec().getState().getPaused());
    docker.unpauseContainerCmd(id).exec();
    docker.renameContainerCmd(id).withName("java-b").exec();
    docker.restartContainerCmd("java-b").withTimeout(5).exec();
    assertTrue(docker.inspectContainerCmd(id).exec().getState().getRunning());
    docker.stopContainerCmd(id).withTimeout(10).exec();
    assertEquals(9, docker.inspectContainerCmd(id).exec().getState().getExitCodeLong());
    assertThrows(ConflictException.class, () -> docker.killContainerCmd(id).exec());
    docker.startContainerCmd(id).exec();
    docker.killContainerCmd(id).withSignal("KILL").exec();
    assertEquals(137, exitCode(id));
    docker.removeContainerCmd(id).exec();
    assertThrows(NotFoundException.class, () -> docker.inspectContainerCmd(id).exec());
  }

  @Test
  void lists_are_filtered() {
    String running = started(shell("sleep 1000").withName("java-run").withLabels(Map.of("l", "1")));
    String exited = started(shell("exit 4").withName("java-end").withLabels(Map.of("l", "2")));
    exitCode(exited);
    assertEquals(
        List.of(running), ids(docker.listContainersCmd().withNameFilter(List.of("java-")).exec()));
    var all = docker.listContainersCmd().withShowAll(true);
    assertEquals(List.of(exited), ids(all.withExitedFilter(4).exec()));
    assertEquals(
        List.of(running), ids(docker.listContainersCmd().withLabelFilter(Map.of("l", "1")).exec()));
    assertEquals(
        List.of(exited),
        ids(
            docker
                .listContainersCmd()
                .withStatusFilter(List.of("exited"))
                .withNameFilter(List.of("java-end"))
                .exec()));
    assertEquals(
        2,
        docker
            .listContainersCmd()
            .withShowAll(true)
            .withAncestorFilter(List.of(BUSYBOX))
            .withNameFilter(List.of("java-"))
            .exec()
            .size());
    assertEquals(1, docker.listContainersCmd().withShowAll(true).withLimit(1).exec().size());
    var row =
        docker
            .listContainersCmd()
            .withIdFilter(List.of(running))
            .withShowSize(true)
            .exec()
            .getFirst();
    assertEquals("/java-run", row.getNames()[0]);
    assertEquals("running", row.getState());
    assertTrue(row.getStatus().startsWith("Up "));
    assertNotNull(row.getImage());
    assertNotNull(row.getCommand());
    assertNotNull(row.getPorts());
    assertNotNull(row.getNetworkSettings().getNetworks().get("bridge"));
    assertTrue(row.getSizeRootFs() > 0);
    assertTrue(row.getCreated() > 1_700_000_000L);
  }

  private static List<String> ids(List<Container> rows) {
    return rows.stream().map(Container::getId).toList();
  }

  @Test
  void top_diff_and_update() {
    String id = started(shell("touch /new; exec sleep 1000"));
    Shell.await(
        "it sleeps",
        () ->
            List.of(docker.topContainerCmd(id).exec().getProcesses())
                .getFirst()[7]
                .contains("sleep"));
    assertEquals("PID", docker.topContainerCmd(id).exec().getTitles()[1]);
    var changes = docker.containerDiffCmd(id).exec();
    assertEquals(
        List.of("/new"),
        changes.stream().filter(each -> each.getKind() == 1).map(each -> each.getPath()).toList());
    docker.updateContainerCmd(id).withMemory(64L << 20).withMemorySwap(64L << 20).exec();
    assertEquals(64L << 20, docker.inspectContainerCmd(id).exec().getHostConfig().getMemory());
  }

  @Test
  void archives_go_in_and_come_out(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "from the host");
    String id = create(shell("cat /tmp/file"));
    docker
        .copyArchiveToContainerCmd(id)
        .withHostResource(file.toString())
        .withRemotePath("/tmp")
        .exec();
    docker.startContainerCmd(id).exec();
    assertEquals(0, exitCode(id));
    assertEquals("from the host", log(id));
    try (var tar =
        new TarArchiveInputStream(docker.copyArchiveFromContainerCmd(id, "/tmp/file").exec())) {
      assertEquals("file", tar.getNextEntry().getName());
      assertEquals("from the host", new String(tar.readAllBytes(), StandardCharsets.UTF_8));
    }
    assertThrows(
        NotFoundException.class, () -> docker.copyArchiveFromContainerCmd(id, "/nope").exec());
  }

  @Test
  void health_is_told() {
    String id =
        started(
            shell("sleep 1000")
                .withHealthcheck(
                    new HealthCheck()
                        .withTest(List.of("CMD-SHELL", "echo fine"))
                        .withInterval(200_000_000L)
                        .withTimeout(10_000_000_000L)));
    Shell.await(
        "healthy",
        () ->
            docker
                .inspectContainerCmd(id)
                .exec()
                .getState()
                .getHealth()
                .getStatus()
                .equals("healthy"));
    var health = docker.inspectContainerCmd(id).exec().getState().getHealth();
    assertEquals(0, health.getFailingStreak());
    assertEquals("fine\n", health.getLog().getFirst().getOutput());
  }

  @Test
  void mistakes_have_docker_s_exceptions() {
    assertThrows(NotFoundException.class, () -> docker.inspectContainerCmd("nope").exec());
    assertThrows(
        NotFoundException.class, () -> docker.createContainerCmd("nope").withCmd("x").exec());
    create(shell("true").withName("java-twin"));
    assertThrows(ConflictException.class, () -> shell("true").withName("java-twin").exec());
  }
}
