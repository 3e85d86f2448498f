package argosy.engine.network;

import argosy.engine.protocol.Ask;

/** The registry of this host's networks. */
public final class Networks {
  private Networks() {}

  /** What it receives. */
  public sealed interface Command permits Asked, Attachment {}

  /** A request of the public protocol. */
  public record Asked(Ask<NetworkRequest<?>> ask) implements Command {}
}
