/** Which containers a list shows. Pure. */
@org.jspecify.annotations.NullMarked
package argosy.engine.container.listing;
