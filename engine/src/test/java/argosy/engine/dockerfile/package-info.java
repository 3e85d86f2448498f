/** Tests of the Dockerfile language. */
@org.jspecify.annotations.NullMarked
package argosy.engine.dockerfile;
