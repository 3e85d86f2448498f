/**
 * Other hosts: membership, directory, placement, and the gateway through which they reach this
 * engine.
 */
@org.jspecify.annotations.NullMarked
package argosy.cluster;
