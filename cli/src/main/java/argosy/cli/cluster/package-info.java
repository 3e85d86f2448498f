/** The commands about the nodes of a cluster. */
@org.jspecify.annotations.NullMarked
package argosy.cli.cluster;
