/**
 * HTTP as nearly every client of the API speaks it: a head, and a body of a stated length or none.
 * What is anything else is left to the HTTP library. Pure.
 */
@org.jspecify.annotations.NullMarked
package argosy.http.plain;
