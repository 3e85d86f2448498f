package argosy.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import argosy.engine.dns.NameConfig;
import argosy.engine.image.ImageSettings;
import argosy.engine.image.store.Budget;
import argosy.engine.netlink.Subnet;
import argosy.engine.network.NetworkConfig;
import argosy.engine.registry.Proxies;
import argosy.engine.registry.RegistrySettings;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigResolveOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
            new ImageSettings(
                Path.of("/var/lib/argosy"),
                new RegistrySettings(
                    List.of(),
                    List.of(),
                    List.of(Path.of("/etc/argosy/certs.d"), Path.of("/etc/docker/certs.d")),
                    Proxies.NONE,
                    3,
                    5,
                    5),
                new Budget(0, Duration.ofMinutes(10)),
                Duration.ofMinutes(5)),
            Duration.ofSeconds(10),
            false),
        EngineConfig.from(
            ConfigFactory.defaultReferenceUnresolved()
                .resolve(ConfigResolveOptions.noSystem().setAllowUnresolved(true))));
  }

  @Test
  void every_key_is_read() {
    var config =
        ConfigFactory.parseString(
                """
                argosy.engine {
                  data-root = "/d", exec-root = "/e", name = n1, labels = ["a=b"], runtime = crun
                  bip = "10.9.0.1/24", bridge = br7, insecure-registries = ["r:5000"]
                  registry-mirrors = ["http://m"], registry-certificates = ["/certs"]
                  http-proxy = "http://p:1", https-proxy = "http://q:2", no-proxy = lan
                  max-concurrent-downloads = 7, max-concurrent-uploads = 8
                  max-download-attempts = 9
                  image-budget = 20 GiB, image-budget-grace = 1h, image-sweep = 90s
                  stop-timeout = 3s, debug = true
                  network {
                    default-address-pools = ["base=10.0.0.0/8,size=24"], fixed-cidr = "10.9.0.128/25"
                    ipv6 = true, bip6 = "fd00::1/64", fixed-cidr-v6 = "fd00::/80", icc = false
                    ip-masq = false, mtu = 1400, ip = "127.0.0.1", address-rest = 1s
                    default-gateway = "10.9.0.2", default-gateway-v6 = "fd00::2"
                    default-network-opts = ["bridge=com.docker.network.driver.mtu=1234"]
                  }
                  dns { timeout = 1s, servers = 2, waiting = 9, idle = 4s }
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
            new ImageSettings(
                Path.of("/d"),
                new RegistrySettings(
                    List.of("r:5000"),
                    List.of("http://m"),
                    List.of(Path.of("/certs")),
                    new Proxies("http://p:1", "http://q:2", "lan"),
                    7,
                    8,
                    9),
                new Budget(20L << 30, Duration.ofHours(1)),
                Duration.ofSeconds(90)),
            Duration.ofSeconds(3),
            true,
            new NetworkConfig(
                "10.9.0.128/25",
                "fd00::1/64",
                "fd00::/80",
                true,
                false,
                false,
                1400,
                "127.0.0.1",
                "10.9.0.2",
                "fd00::2",
                List.of(new NetworkConfig.SplitPool(Subnet.parse("10.0.0.0/8"), 24)),
                Duration.ofSeconds(1),
                Map.of("bridge", Map.of("com.docker.network.driver.mtu", "1234"))),
            new NameConfig(Duration.ofSeconds(1), 2, 9, Duration.ofSeconds(4))),
        EngineConfig.from(config));
  }
}
