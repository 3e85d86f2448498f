/** Containers' names, and what a user may write to mean one. Pure. */
@org.jspecify.annotations.NullMarked
package argosy.engine.container.naming;
