/** What a failure looks like over HTTP; nobody else knows a status code of an error. */
@org.jspecify.annotations.NullMarked
package argosy.http.problem;
