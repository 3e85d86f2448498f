/** The HTTP client: HTTP/1.1 over a Unix or TCP socket, streamed bodies, hijacked connections. */
@org.jspecify.annotations.NullMarked
package argosy.cli.client;
