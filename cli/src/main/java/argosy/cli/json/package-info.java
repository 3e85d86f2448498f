/** JSON as plain values: read as a tree or one value after another, written compact or indented. */
@org.jspecify.annotations.NullMarked
package argosy.cli.json;
