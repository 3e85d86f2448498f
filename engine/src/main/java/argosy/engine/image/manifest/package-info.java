/** What an image is described by: manifests, indexes, platforms and configurations, as values. */
@org.jspecify.annotations.NullMarked
package argosy.engine.image.manifest;
