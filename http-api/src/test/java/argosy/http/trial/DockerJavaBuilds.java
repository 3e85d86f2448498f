package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.command.BuildImageCmd;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Building images. */
class DockerJavaBuilds extends DockerJavaTrial {
  @TempDir Path files;

  private static String id(BuildImageCmd command) {
    return command.exec(new BuildImageResultCallback()).awaitImageId();
  }

  private Path dockerfile(String text) throws IOException {
    return Files.writeString(files.resolve("Dockerfile"), text.replace("BUSYBOX", BUSYBOX));
  }

  @Test
  void an_image_is_built_with_arguments_labels_and_tags() throws IOException {
    Files.writeString(files.resolve("f"), "file");
    dockerfile("FROM BUSYBOX AS one\nARG A\nENV B=$A\nCOPY f /f\nFROM one\nENV C=1\n");
    String image =
        id(
            docker
                .buildImageCmd(files.toFile())
                .withBuildArg("A", "given")
                .withLabels(java.util.Map.of("kind", "test"))
                .withTags(Set.of("java:1", "java:2"))
                .withTarget("one"));
    var config = docker.inspectImageCmd(image).exec().getConfig();
    assertTrue(List.of(config.getEnv()).contains("B=given"));
    assertEquals("test", config.getLabels().get("kind"));
    assertEquals(
        docker.inspectImageCmd("java:1").exec().getId(),
        docker.inspectImageCmd("java:2").exec().getId());
    docker.removeImageCmd("java:1").exec();
    docker.removeImageCmd("java:2").exec();
  }

  @Test
  void a_build_that_fails_says_why() throws IOException {
    dockerfile("FROM BUSYBOX\nRUN exit 3\n");
    var failed =
        assertThrows(
            DockerClientException.class,
            () -> id(docker.buildImageCmd(files.toFile()).withForcerm(true)));
    assertTrue(failed.toString().contains("returned a non-zero code: 3"), failed.toString());
    var nowhere =
        assertThrows(
            RuntimeException.class,
            () -> id(docker.buildImageCmd().withRemote(URI.create("http://127.0.0.1:1/x.tar"))));
    assertTrue(nowhere.toString().contains("connection refused"), nowhere.toString());
  }
}
