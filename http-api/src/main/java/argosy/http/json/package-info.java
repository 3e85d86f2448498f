/** How Docker's JSON is read and written. */
@org.jspecify.annotations.NullMarked
package argosy.http.json;
