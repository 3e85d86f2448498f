package argosy.engine.dockerfile;

/**
 * An instruction in its place.
 *
 * @param line where it begins in the file, from 1
 * @param text as written, continuation lines joined: what a build prints and an image's history
 *     keeps
 */
public record Step(int line, String text, Instruction instruction) {}
