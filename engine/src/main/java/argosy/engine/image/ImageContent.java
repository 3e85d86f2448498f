package argosy.engine.image;

/**
 * An image as a registry would have it.
 *
 * @param manifest digest of the manifest it came with; of one that came without, of the one that
 *     {@code docker save} writes
 * @param mediaType the manifest's
 * @param size the manifest's, in bytes
 * @param bytes manifest, configuration and layers together, packed as they are kept
 */
public record ImageContent(String manifest, String mediaType, long size, long bytes) {}
