/** The network lines of the API, and their translation. */
@org.jspecify.annotations.NullMarked
package argosy.http.network;
