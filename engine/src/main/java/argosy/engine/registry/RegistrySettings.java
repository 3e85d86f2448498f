package argosy.engine.registry;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.util.List;

/**
 * What the operator says about registries.
 *
 * @param insecure {@code HOST:PORT}s whose certificate is not checked and that may speak plain
 *     HTTP; loopback addresses always may
 * @param mirrors URLs tried before Docker's own registry
 * @param certificates directories with a {@code HOST:PORT} directory for each registry that has a
 *     certificate authority of its own, or wants to see a client's certificate
 * @param downloads layers that are downloaded at the same time, over all pulls
 * @param uploads layers that are uploaded at the same time, over all pushes
 * @param attempts how often a layer's download is tried while nothing of it comes
 */
public record RegistrySettings(
    List<String> insecure,
    List<String> mirrors,
    List<Path> certificates,
    Proxies proxies,
    int downloads,
    int uploads,
    int attempts) {
  private static final int MOST = 1000;

  public RegistrySettings {
    insecure = List.copyOf(insecure);
    mirrors = List.copyOf(mirrors);
    certificates = List.copyOf(certificates);
    atLeastOne("max-concurrent-downloads", downloads);
    atLeastOne("max-concurrent-uploads", uploads);
    atLeastOne("max-download-attempts", attempts);
  }

  private static void atLeastOne(String key, int value) {
    if (value < 1 || value > MOST) {
      throw new IllegalArgumentException(
          "argosy.engine." + key + " must be from 1 to " + MOST + ", not " + value);
    }
  }

  /** Docker's own numbers, and nobody in between. */
  public static RegistrySettings of(List<String> insecure, List<String> mirrors) {
    return new RegistrySettings(insecure, mirrors, List.of(), Proxies.NONE, 3, 5, 5);
  }

  /** Reads them among the keys of {@code argosy.engine}. */
  public static RegistrySettings from(Config engine) {
    return new RegistrySettings(
        engine.getStringList("insecure-registries"),
        engine.getStringList("registry-mirrors"),
        engine.getStringList("registry-certificates").stream().map(Path::of).toList(),
        new Proxies(
            engine.getString("http-proxy"),
            engine.getString("https-proxy"),
            engine.getString("no-proxy")),
        engine.getInt("max-concurrent-downloads"),
        engine.getInt("max-concurrent-uploads"),
        engine.getInt("max-download-attempts"));
  }
}
