/**
 * Where a container should run: pure rules over facts, with the reason for each refusal. Nothing
 * here asks anybody.
 */
@org.jspecify.annotations.NullMarked
package argosy.cluster.placement;
