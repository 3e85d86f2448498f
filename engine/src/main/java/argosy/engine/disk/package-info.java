/** Blobs by digest, layers, records by id: atomic writes, crash-safe reads. A driver. */
@org.jspecify.annotations.NullMarked
package argosy.engine.disk;
