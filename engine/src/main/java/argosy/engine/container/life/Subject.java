package argosy.engine.container.life;

/** The container a refusal is about; {@code reference} is how the user called it. */
public record Subject(String id, String name, String reference) {}
