/**
 * The Dockerfile language: lines, instructions, stages and the expansion of variables. Nothing here
 * touches an image or a file; the rules are those of the Dockerfile reference.
 */
@org.jspecify.annotations.NullMarked
package argosy.engine.dockerfile;
