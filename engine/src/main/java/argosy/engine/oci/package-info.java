/**
 * The OCI runtime specification: turns a container's spec into the config.json that runc and crun
 * read. Pure: no file, no process, no actor.
 */
@org.jspecify.annotations.NullMarked
package argosy.engine.oci;
