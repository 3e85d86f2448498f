/** Tests of the Dockerfile language. */
@org.jspecify.annotations.NullMarked
package argosy.engine.build.dockerfile;
