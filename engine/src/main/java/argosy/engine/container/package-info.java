/**
 * Containers: the protocol, the registry actor, one actor for each container, its records and its
 * life.
 */
@org.jspecify.annotations.NullMarked
package argosy.engine.container;
