package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.output.OutputFrame.OutputType;
import org.testcontainers.containers.output.ToStringConsumer;
import org.testcontainers.containers.output.WaitingConsumer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.MountableFile;

/** A GenericContainer's everyday life: options, exec, copy, logs, networks, reuse. */
class TestcontainersTrial {
  private static GenericContainer<?> sleeper() {
    return new GenericContainer<>("busybox").withCommand("sleep", "1000");
  }

  @Test
  void options_reach_the_container(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("file"), "bound");
    try (var box =
        sleeper()
            .withEnv("A", "b")
            .withLabel("trial", "options")
            .withWorkingDirectory("/tmp")
            .withFileSystemBind(folder.toString(), "/in", BindMode.READ_ONLY)
            .withTmpFs(Map.of("/scratch", "size=1m"))
            .withSharedMemorySize(1L << 20)
            .withExtraHost("friend", "10.1.2.3")
            .withCreateContainerCmdModifier(
                it -> Objects.requireNonNull(it.getHostConfig()).withMemory(64L << 20))) {
      box.start();
      assertEquals("b\n", box.execInContainer("sh", "-c", "echo $A").getStdout());
      assertEquals("/tmp\n", box.execInContainer("pwd").getStdout());
      assertEquals("bound", box.execInContainer("cat", "/in/file").getStdout());
      assertTrue(
          box.execInContainer("cat", "/proc/mounts").getStdout().contains(" /scratch tmpfs"));
      assertTrue(box.execInContainer("cat", "/etc/hosts").getStdout().contains("10.1.2.3\tfriend"));
      var inspect = box.getCurrentContainerInfo();
      assertEquals(64L << 20, inspect.getHostConfig().getMemory());
      assertEquals("options", inspect.getConfig().getLabels().get("trial"));
      assertEquals("true", inspect.getConfig().getLabels().get("org.testcontainers"));
      assertNotNull(box.getContainerId());
    }
  }

  @Test
  void exec_tells_streams_and_code() throws Exception {
    try (var box = sleeper()) {
      box.start();
      var result = box.execInContainer("sh", "-c", "echo out; echo err >&2; exit 3");
      assertEquals("out\n", result.getStdout());
      assertEquals("err\n", result.getStderr());
      assertEquals(3, result.getExitCode());
    }
  }

  @Test
  void files_are_copied_both_ways(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "from the host");
    try (var box =
        new GenericContainer<>("busybox")
            .withCopyToContainer(Transferable.of("before start", 0644), "/early/note")
            .withCopyFileToContainer(MountableFile.forHostPath(file), "/early/file")
            .withCommand("sh", "-c", "cat /early/note /early/file; exec sleep 1000")) {
      box.start();
      Shell.await("it has read", () -> box.getLogs().equals("before startfrom the host"));
      box.copyFileToContainer(MountableFile.forHostPath(file), "/tmp/file");
      assertEquals("from the host", box.execInContainer("cat", "/tmp/file").getStdout());
      box.copyFileToContainer(Transferable.of("made up"), "/tmp/text");
      box.copyFileFromContainer("/tmp/text", folder.resolve("back").toString());
      assertEquals("made up", Files.readString(folder.resolve("back"), StandardCharsets.UTF_8));
    }
  }

  @Test
  void logs_reach_a_consumer() throws Exception {
    var text = new ToStringConsumer();
    var waiting = new WaitingConsumer();
    try (var box =
        new GenericContainer<>("busybox")
            .withCommand("sh", "-c", "echo one; echo two >&2; exec sleep 1000")
            .withLogConsumer(text)
            .withLogConsumer(waiting)) {
      box.start();
      waiting.waitUntil(frame -> frame.getUtf8String().contains("two"));
      assertTrue(text.toUtf8String().contains("one\n"));
      assertEquals("one\n", box.getLogs(OutputType.STDOUT));
      assertEquals("two\n", box.getLogs(OutputType.STDERR));
    }
  }

  @Test
  void containers_meet_on_a_network() throws Exception {
    try (var network = Network.newNetwork();
        var web =
            new GenericContainer<>("busybox")
                .withNetwork(network)
                .withNetworkAliases("web")
                .withExposedPorts(80)
                .withCommand("sh", "-c", "echo met >/tmp/index.html; httpd -f -p 80 -h /tmp");
        var client = sleeper().withNetwork(network)) {
      web.start();
      client.start();
      String answer = client.execInContainer("wget", "-q", "-O", "-", "http://web/").getStdout();
      assertEquals("met\n", answer);
      String id = network.getId();
      var endpoints = web.getContainerInfo().getNetworkSettings().getNetworks().values();
      var endpoint =
          endpoints.stream().filter(it -> id.equals(it.getNetworkID())).findFirst().orElseThrow();
      assertTrue(Objects.requireNonNull(endpoint.getAliases()).contains("web"));
    }
  }

  @Test
  void a_reused_container_is_found_again() {
    String first;
    try (var box = sleeper().withLabel("trial", "reuse").withReuse(true)) {
      box.start();
      first = box.getContainerId();
      // not stopped: that is what reuse is for
      var again = sleeper().withLabel("trial", "reuse").withReuse(true);
      again.start();
      assertEquals(first, again.getContainerId());
    }
    assertFalse(
        DockerClientFactory.instance()
            .client()
            .listContainersCmd()
            .withShowAll(true)
            .exec()
            .stream()
            .anyMatch(it -> it.getId().equals(first)),
        "stopped and removed");
  }
}
