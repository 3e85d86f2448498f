/**
 * Every way a request can end: an {@link argosy.engine.failure.Outcome} is an answer or a {@link
 * argosy.engine.failure.Failure} with a sentence the user can act on. Nothing here knows HTTP.
 */
@org.jspecify.annotations.NullMarked
package argosy.engine.failure;
