package argosy.cluster.whole;

import argosy.cluster.gateway.Link;
import argosy.engine.failure.Failure;

/** Failures that say where they happened. */
final class Failures {
  private Failures() {}

  /** The same kind of failure; clients match the text's beginning, so the node comes last. */
  static Failure on(Link link, Failure failure) {
    String message = "%s (on node %s)".formatted(failure.message(), link.name());
    return switch (failure) {
      case Failure.Invalid _ -> new Failure.Invalid(message);
      case Failure.Unauthorized _ -> new Failure.Unauthorized(message);
      case Failure.Forbidden _ -> new Failure.Forbidden(message);
      case Failure.NotFound _ -> new Failure.NotFound(message);
      case Failure.Conflict _ -> new Failure.Conflict(message);
      case Failure.NotModified _ -> failure;
      case Failure.NotImplemented _ -> new Failure.NotImplemented(message);
      case Failure.Unavailable _ -> failure;
      case Failure.Internal _ -> new Failure.Internal(message);
    };
  }
}
