/** A container's files: looked at, taken out and put in, with all that is mounted among them. */
@org.jspecify.annotations.NullMarked
package argosy.engine.container.files;
