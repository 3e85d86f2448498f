/**
 * Who is in the cluster and who is reachable: membership as the nodes see it, how a host finds the
 * way in and back in, and what it remembers of the others on disk.
 */
@org.jspecify.annotations.NullMarked
package argosy.cluster.member;
