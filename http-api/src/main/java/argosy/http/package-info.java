/** Docker's words: routes, JSON, streams and listeners, and argosyd's main. */
@org.jspecify.annotations.NullMarked
package argosy.http;
