/**
 * What a user asks of a container, as plain values with Docker's words and defaults. It stands
 * apart from the container actors so that the pure OCI translation can read it too.
 */
@org.jspecify.annotations.NullMarked
package argosy.engine.spec;
