package argosy.engine.volume;

import argosy.engine.protocol.Ask;

/** The registry of this host's volumes. */
public final class Volumes {
  private Volumes() {}

  /** What it receives. */
  public sealed interface Command permits Asked, VolumeUse {}

  /** A request of the public protocol. */
  public record Asked(Ask<VolumeRequest<?>> ask) implements Command {}
}
