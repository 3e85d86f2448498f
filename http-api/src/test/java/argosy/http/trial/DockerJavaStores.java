package argosy.http.trial;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Network;
import com.github.dockerjava.api.model.PullResponseItem;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** docker-java's images, networks and volumes. */
class DockerJavaStores extends DockerJavaTrial {
  @Test
  void a_pull_tells_its_progress() throws Exception {
    var lines = new ConcurrentLinkedQueue<String>();
    docker
        .pullImageCmd(BUSYBOX)
        .withTag("latest")
        .exec(
            new ResultCallback.Adapter<PullResponseItem>() {
              @Override
              public void onNext(PullResponseItem item) {
                lines.add(String.valueOf(item.getStatus()));
              }
            })
        .awaitCompletion(60, TimeUnit.SECONDS);
    assertTrue(List.copyOf(lines).getLast().startsWith("Status: "), lines.toString());
  }

  @Test
  void images_are_listed_inspected_tagged_and_removed() {
    var image = docker.inspectImageCmd(BUSYBOX).exec();
    assertTrue(image.getId().startsWith("sha256:"));
    assertNotNull(image.getRepoTags());
    assertNotNull(image.getRepoDigests());
    assertNotNull(image.getConfig());
    assertNotNull(image.getCreated());
    assertNotNull(image.getRootFS().getLayers());
    assertNotNull(image.getGraphDriver());
    assertTrue(image.getSize() > 0);
    assertEquals("amd64", image.getArch());
    assertEquals("linux", image.getOs());
    docker.tagImageCmd(BUSYBOX, "java/copy", "v1").exec();
    var row = docker.listImagesCmd().withReferenceFilter("java/copy").exec().getFirst();
    assertEquals(image.getId(), row.getId());
    assertTrue(List.of(row.getRepoTags()).contains("java/copy:v1"));
    assertTrue(row.getSize() > 0);
    docker.removeImageCmd("java/copy:v1").exec();
    assertThrows(NotFoundException.class, () -> docker.inspectImageCmd("java/copy:v1").exec());
    assertNotNull(docker.inspectImageCmd(BUSYBOX).exec());
  }

  @Test
  void an_image_survives_save_and_load() throws Exception {
    docker.tagImageCmd(BUSYBOX, "java/saved", "v1").exec();
    byte[] archive;
    try (var stream = docker.saveImageCmd("java/saved:v1").exec()) {
      archive = stream.readAllBytes();
    }
    docker.removeImageCmd("java/saved:v1").exec();
    docker.loadImageCmd(new ByteArrayInputStream(archive)).exec();
    assertEquals(
        docker.inspectImageCmd(BUSYBOX).exec().getId(),
        docker.inspectImageCmd("java/saved:v1").exec().getId());
    docker.removeImageCmd("java/saved:v1").exec();
  }

  @Test
  void networks_come_and_go_with_containers_in_them() {
    String id =
        docker
            .createNetworkCmd()
            .withName("java-net")
            .withLabels(Map.of("trial", "net"))
            .withIpam(
                new Network.Ipam()
                    .withConfig(new Network.Ipam.Config().withSubnet("10.213.9.0/24")))
            .exec()
            .getId();
    try {
      String container =
          started(
              shell("sleep 1000")
                  .withHostConfig(HostConfig.newHostConfig().withNetworkMode("java-net"))
                  .withAliases("al"));
      var network = docker.inspectNetworkCmd().withNetworkId("java-net").exec();
      assertEquals(id, network.getId());
      assertEquals("bridge", network.getDriver());
      assertEquals("local", network.getScope());
      assertEquals("10.213.9.0/24", network.getIpam().getConfig().getFirst().getSubnet());
      assertTrue(network.getContainers().containsKey(container));
      var endpoint =
          requireNonNull(
              docker
                  .inspectContainerCmd(container)
                  .exec()
                  .getNetworkSettings()
                  .getNetworks()
                  .get("java-net"));
      assertTrue(endpoint.getIpAddress().startsWith("10.213.9."));
      assertTrue(endpoint.getAliases().contains("al"));
      assertEquals(1, docker.listNetworksCmd().withNameFilter("java-net").exec().size());
      docker.removeContainerCmd(container).withForce(true).exec();
    } finally {
      docker.removeNetworkCmd(id).exec();
    }
    assertThrows(
        NotFoundException.class, () -> docker.inspectNetworkCmd().withNetworkId(id).exec());
  }

  @Test
  void volumes_keep_what_containers_write() throws Exception {
    docker.createVolumeCmd().withName("java-vol").withLabels(Map.of("trial", "vol")).exec();
    try {
      var volume = docker.inspectVolumeCmd("java-vol").exec();
      assertEquals("local", volume.getDriver());
      assertTrue(volume.getMountpoint().endsWith("/volumes/java-vol/_data"));
      var host = HostConfig.newHostConfig().withBinds(Bind.parse("java-vol:/v"));
      String writer = started(shell("echo kept >/v/file").withHostConfig(host));
      assertEquals(0, exitCode(writer));
      String reader = started(shell("cat /v/file").withHostConfig(host));
      assertEquals(0, exitCode(reader));
      assertEquals(
          "kept\n",
          docker.logContainerCmd(reader).withStdOut(true).exec(new Heard()).whole().out());
      var found = docker.listVolumesCmd().withFilter("name", List.of("java-vol")).exec();
      assertEquals(1, found.getVolumes().size());
      docker.removeContainerCmd(writer).exec();
      docker.removeContainerCmd(reader).exec();
    } finally {
      docker.removeVolumeCmd("java-vol").exec();
    }
    assertThrows(NotFoundException.class, () -> docker.inspectVolumeCmd("java-vol").exec());
  }
}
