/**
 * Limits and figures of a container's processes, cgroup v1 and v2 behind one interface. A driver.
 */
@org.jspecify.annotations.NullMarked
package argosy.engine.cgroup;
