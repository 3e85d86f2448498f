/** Docker's words for builds. */
@org.jspecify.annotations.NullMarked
package argosy.http.build;
