package argosy.engine.dns;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * What the name service is told at start: {@code argosy.engine.dns}, every key with its sentence in
 * {@code reference.conf}.
 *
 * @param timeout how long one of the servers that are asked may take
 * @param servers how many of them are asked, in their order
 * @param waiting questions of one container that may wait for them at a time
 * @param idle how long a container's TCP connection may be silent
 */
public record NameConfig(Duration timeout, int servers, int waiting, Duration idle) {
  /** As {@code reference.conf} says. */
  public static final NameConfig DEFAULT =
      new NameConfig(Duration.ofSeconds(2), 3, 1024, Duration.ofSeconds(10));

  public NameConfig {
    if (!timeout.isPositive() || !idle.isPositive() || servers < 1 || waiting < 1) {
      throw new IllegalArgumentException(
          "argosy.engine.dns: every value must be more than nothing");
    }
  }

  /** Reads {@code argosy.engine.dns}; throws IllegalArgumentException on what makes no sense. */
  public static NameConfig from(Config config) {
    return new NameConfig(
        config.getDuration("timeout"),
        config.getInt("servers"),
        config.getInt("waiting"),
        config.getDuration("idle"));
  }
}
