/**
 * Whether this host can keep what a container is asked to have: refused, or warned about and left
 * out, in Docker's words; and what the host adds where nothing was asked. Pure.
 */
@org.jspecify.annotations.NullMarked
package argosy.engine.container.admission;
