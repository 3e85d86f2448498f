/** What a container mounts: binds, volumes and tmpfs as written, turned into mount points. */
@org.jspecify.annotations.NullMarked
package argosy.engine.container.mount;
