/**
 * Blobs by digest, layers, records by id: atomic writes, crash-safe reads. Trees of files packed,
 * unpacked and mounted as roots, whatever their owners do meanwhile. A driver.
 */
@org.jspecify.annotations.NullMarked
package argosy.engine.disk;
