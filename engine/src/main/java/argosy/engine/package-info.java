/**
 * One host: the actors that own its containers, images, networks and volumes, and the drivers that
 * touch Linux.
 */
@org.jspecify.annotations.NullMarked
package argosy.engine;
