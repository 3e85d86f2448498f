/** The commands about volumes. */
@org.jspecify.annotations.NullMarked
package argosy.cli.volume;
