/** The commands about images. */
@org.jspecify.annotations.NullMarked
package argosy.cli.image;
