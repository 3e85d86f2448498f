package argosy.engine.failure;

/** The answer of a request that has nothing to say but that it is done. */
public record Done() {}
