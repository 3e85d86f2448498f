/**
 * The OCI runtime and its monitor: bundle, create, start, exec, attach, exit. A driver: it blocks,
 * and it knows no actor.
 */
@org.jspecify.annotations.NullMarked
package argosy.engine.runtime;
