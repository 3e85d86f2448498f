package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;

/** A test run that ends without cleaning up: its reaper has to. */
@SuppressWarnings("resource")
class TestcontainersLeaving {
  @Test
  void leaves_a_container_on_a_network() {
    var box =
        new GenericContainer<>("busybox")
            .withNetwork(Network.newNetwork())
            .withCommand("sleep", "1000");
    box.start();
    assertTrue(box.isRunning());
  }
}
