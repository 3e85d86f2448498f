/** Docker's JSON as records, nothing else; shared with the command line. */
@org.jspecify.annotations.NullMarked
package argosy.http.wire;
