/** What a build copies from: the client's files. */
@org.jspecify.annotations.NullMarked
package argosy.engine.build.context;
