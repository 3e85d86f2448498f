/** What a build copies from: the client's files, filtered by {@code .dockerignore}. */
@org.jspecify.annotations.NullMarked
package argosy.engine.build.context;
