/** How the daemon logs when nobody configured it. */
@org.jspecify.annotations.NullMarked
package argosy.http.log;
