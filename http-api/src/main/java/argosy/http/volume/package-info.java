/** The volume lines of the API, and their translation. */
@org.jspecify.annotations.NullMarked
package argosy.http.volume;
