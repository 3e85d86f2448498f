/** The commands about networks. */
@org.jspecify.annotations.NullMarked
package argosy.cli.network;
