/** API versions: what the path asks for, what is accepted, and what each version hides. */
@org.jspecify.annotations.NullMarked
package argosy.http.version;
