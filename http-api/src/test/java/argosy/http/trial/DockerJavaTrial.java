package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;

/**
 * What docker-java's trials share. They run in a {@link Visitor}; by hand also against any other
 * daemon: {@code -Dtrial.url=unix:///var/run/docker.sock -Dtrial.busybox=busybox}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DockerJavaTrial {
  static final String BUSYBOX = fact("trial.busybox");

  final DockerClient docker = client();
  private final List<String> made = new ArrayList<>();

  private static String fact(String name) {
    return Objects.requireNonNull(System.getProperty(name), name);
  }

  private static DockerClient client() {
    var config =
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost(fact("trial.url"))
            .withDockerTlsVerify(false)
            .build();
    var http = new ZerodepDockerHttpClient.Builder().dockerHost(config.getDockerHost()).build();
    return DockerClientImpl.getInstance(config, http);
  }

  /** Creates it; it is removed after the test. */
  String create(CreateContainerCmd order) {
    String id = order.exec().getId();
    made.add(id);
    return id;
  }

  String started(CreateContainerCmd order) {
    String id = create(order);
    docker.startContainerCmd(id).exec();
    return id;
  }

  /** A container that runs a shell line. */
  CreateContainerCmd shell(String line) {
    return docker.createContainerCmd(BUSYBOX).withCmd("sh", "-c", line);
  }

  int exitCode(String id) {
    return docker.waitContainerCmd(id).start().awaitStatusCode(60, TimeUnit.SECONDS);
  }

  @AfterEach
  final void remove_what_was_made() {
    for (String id : made) {
      try {
        docker.removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
      } catch (NotFoundException gone) {
        // the test removed it
      }
    }
    made.clear();
  }

  @AfterAll
  final void close() throws IOException {
    docker.close();
  }

  /** Collects what a stream says. */
  static final class Heard extends ResultCallback.Adapter<Frame> {
    private final StringBuffer out = new StringBuffer();
    private final StringBuffer err = new StringBuffer();

    @Override
    public void onNext(Frame frame) {
      var text = frame.getStreamType() == StreamType.STDERR ? err : out;
      text.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
    }

    String out() {
      return out.toString();
    }

    String err() {
      return err.toString();
    }

    /** Everything, when the stream has ended. */
    Heard whole() throws InterruptedException {
      assertTrue(awaitCompletion(60, TimeUnit.SECONDS), () -> "no end; heard: " + out + err);
      return this;
    }
  }
}
