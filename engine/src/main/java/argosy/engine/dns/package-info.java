/**
 * The name service that containers on user-defined networks find at 127.0.0.11: a pure part that
 * knows what a name means to whom, and a driver that listens in the containers' namespaces.
 */
@org.jspecify.annotations.NullMarked
package argosy.engine.dns;
