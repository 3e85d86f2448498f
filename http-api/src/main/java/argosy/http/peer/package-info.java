/** Asking another daemon's API: the whole exchange passed on, streams and raw connections too. */
@org.jspecify.annotations.NullMarked
package argosy.http.peer;
