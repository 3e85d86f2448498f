package argosy.engine.image.manifest;

import argosy.engine.disk.Digest;

/**
 * Bytes described (OCI image spec, descriptor.md).
 *
 * @param size bytes
 */
public record Descriptor(String mediaType, Digest digest, long size) {}
