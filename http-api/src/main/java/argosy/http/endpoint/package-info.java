/**
 * One line of the API as a value: method, path, how it reaches its engine, and the handler. The
 * server dispatches by these lines and the compatibility table is checked against them.
 */
@org.jspecify.annotations.NullMarked
package argosy.http.endpoint;
