/**
 * Who has what: which node a container, an exec or an image is on. It asks all nodes and remembers
 * only hints.
 */
@org.jspecify.annotations.NullMarked
package argosy.cluster.directory;
