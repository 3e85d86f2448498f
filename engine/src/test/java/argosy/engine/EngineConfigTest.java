package argosy.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineConfigTest {
  @Test
  void defaults_are_pinned() {
    assertEquals(
        new EngineConfig(
            Path.of("/var/lib/argosy"),
            Path.of("/run/argosy"),
            "",
            List.of(),
            "",
            "",
            "argosy0",
            List.of(),
            List.of(),
            Duration.ofSeconds(10),
            false),
        EngineConfig.from(ConfigFactory.defaultReference()));
  }

  @Test
  void every_key_is_read() {
    var config =
        ConfigFactory.parseString(
                """
                argosy.engine {
                  data-root = "/d", exec-root = "/e", name = n1, labels = ["a=b"], runtime = crun
                  bip = "10.9.0.1/24", bridge = br7, insecure-registries = ["r:5000"]
                  registry-mirrors = ["http://m"], stop-timeout = 3s, debug = true
                }
                """)
            .withFallback(ConfigFactory.defaultReference());
    assertEquals(
        new EngineConfig(
            Path.of("/d"),
            Path.of("/e"),
            "n1",
            List.of("a=b"),
            "crun",
            "10.9.0.1/24",
            "br7",
            List.of("r:5000"),
            List.of("http://m"),
            Duration.ofSeconds(3),
            true),
        EngineConfig.from(config));
  }
}
