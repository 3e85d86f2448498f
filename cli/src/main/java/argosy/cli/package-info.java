/** The argosy command: a client of the HTTP API and nothing else. */
@org.jspecify.annotations.NullMarked
package argosy.cli;
