/** The commands about the daemon: info, version, events, and inspect of anything. */
@org.jspecify.annotations.NullMarked
package argosy.cli.system;
