/**
 * How the engine's actors are spoken to: a request as pure data, the ask that carries it, and the
 * base of an actor that loses no signal.
 */
@org.jspecify.annotations.NullMarked
package argosy.engine.protocol;
