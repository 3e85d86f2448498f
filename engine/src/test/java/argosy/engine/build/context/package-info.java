/** Tests of the build context. */
@org.jspecify.annotations.NullMarked
package argosy.engine.build.context;
