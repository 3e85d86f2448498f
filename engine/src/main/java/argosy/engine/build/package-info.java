/**
 * Builds images from Dockerfiles, step by step. What a step does to an image is decided here
 * without touching one; the steps themselves are ordinary containers and layers of this engine.
 */
@org.jspecify.annotations.NullMarked
package argosy.engine.build;
