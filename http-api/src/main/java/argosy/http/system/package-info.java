/** The lines about the host and the cluster, and those that are not built yet. */
@org.jspecify.annotations.NullMarked
package argosy.http.system;
