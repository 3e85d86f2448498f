package argosy.http.flow;

import argosy.http.version.ApiVersion;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;

/** What Docker calls its streams. */
public final class MediaTypes {
  /** Bytes as they are. */
  public static final String RAW = "application/vnd.docker.raw-stream";

  /** Framed bytes; known by this name since 1.42. */
  public static final String MULTIPLEXED = "application/vnd.docker.multiplexed-stream";

  private MediaTypes() {}

  /** The type of an attach's or an exec's stream. */
  public static String hijacked(boolean tty, ApiVersion version) {
    return tty || !version.atLeast(42) ? RAW : MULTIPLEXED;
  }

  /** The type of a container's logs; none before 1.42. */
  public static ContentType logs(boolean tty, ApiVersion version) {
    return version.atLeast(42) ? binary(tty ? RAW : MULTIPLEXED) : ContentTypes.NO_CONTENT_TYPE;
  }

  /** An archive. */
  public static ContentType tar() {
    return binary("application/x-tar");
  }

  /** What says nothing about itself, as Docker's exports. */
  public static ContentType octets() {
    return ContentTypes.APPLICATION_OCTET_STREAM;
  }

  private static ContentType binary(String type) {
    return ContentTypes.parse(type);
  }
}
