package argosy.engine.build;

import argosy.engine.image.ImageStreams.Progress;

/** One line of a build's stream, as clients draw it. */
public sealed interface BuildLine {
  /** Text for the user, line feeds included. */
  record Text(String text) implements BuildLine {}

  /** A pull of a base image. */
  record Pulling(Progress progress) implements BuildLine {}

  /** The image that was built: {@code sha256:…}. */
  record Built(String id) implements BuildLine {}

  /** A sentence that ends the stream; {@code code}: the command's that failed, else 0. */
  record Failed(String sentence, int code) implements BuildLine {}
}
