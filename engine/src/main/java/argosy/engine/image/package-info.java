/** Images: the protocol, the image store's actor, and the values an image is made of. */
@org.jspecify.annotations.NullMarked
package argosy.engine.image;
