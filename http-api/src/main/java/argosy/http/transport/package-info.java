/**
 * Byte streams over Unix sockets and TCP: listeners, outgoing connections, and one thread that
 * waits for all sockets. Knows neither HTTP nor the engine.
 */
@org.jspecify.annotations.NullMarked
package argosy.http.transport;
