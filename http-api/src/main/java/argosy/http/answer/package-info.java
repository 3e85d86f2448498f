/** How a handler reads a request and writes its answer. */
@org.jspecify.annotations.NullMarked
package argosy.http.answer;
