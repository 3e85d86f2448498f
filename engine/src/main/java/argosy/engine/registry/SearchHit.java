package argosy.engine.registry;

/**
 * A repository that a search found.
 *
 * @param stars how many people like it
 * @param official kept by Docker itself
 */
public record SearchHit(
    String name, String description, int stars, boolean official, boolean automated) {}
