/**
 * What happens to a connection that stops being HTTP: the stages below the HTTP layer that hand the
 * raw bytes over, on the side that answers and on the side that asks.
 */
@org.jspecify.annotations.NullMarked
package argosy.http.hijack;
