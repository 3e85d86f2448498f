/** Pulling over the OCI distribution API. A driver. */
@org.jspecify.annotations.NullMarked
package argosy.engine.registry;
