/** A container's stored output: the monitor's log file read, followed and rotated. */
@org.jspecify.annotations.NullMarked
package argosy.engine.container.log;
