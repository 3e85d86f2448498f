package argosy.engine.event;

/**
 * The host's journal: everything that happens is told to it, and it tells everybody who listens.
 */
public final class Events {
  private Events() {}

  /** What it receives. */
  public sealed interface Command permits Publish {}

  /** Something happened. Fire and forget. */
  public record Publish(Event event) implements Command {}
}
