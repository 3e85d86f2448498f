/**
 * All nodes as one engine: lists are gathered, orders go to the owner, a create is placed. What is
 * the same everywhere stands in the table of {@code docs/cluster-view.md}.
 */
@org.jspecify.annotations.NullMarked
package argosy.cluster.whole;
