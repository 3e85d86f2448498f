/** The images of this host as a value that is decided on, and how it is kept on disk. */
@org.jspecify.annotations.NullMarked
package argosy.engine.image.store;
