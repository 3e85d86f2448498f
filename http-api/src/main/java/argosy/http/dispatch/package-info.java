/**
 * From a request's words to the handler that answers it and the engine it is about: base path,
 * version, the table of lines, and the way to the node that has the bytes.
 */
@org.jspecify.annotations.NullMarked
package argosy.http.dispatch;
