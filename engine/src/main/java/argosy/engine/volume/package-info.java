/** Volumes: the protocol, their actor, and where their data lies. */
@org.jspecify.annotations.NullMarked
package argosy.engine.volume;
