package argosy.engine.image;

import argosy.engine.protocol.Ask;

/** The image store's actor. */
public final class Images {
  private Images() {}

  /** What it receives. */
  public sealed interface Command permits Asked, ImageUse {}

  /** A request of the public protocol. */
  public record Asked(Ask<ImageRequest<?>> ask) implements Command {}
}
