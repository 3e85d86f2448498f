/** The commands about containers. */
@org.jspecify.annotations.NullMarked
package argosy.cli.container;
