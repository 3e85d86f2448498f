package argosy.engine.registry;

import argosy.engine.registry.Session.Query;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One repository at one registry, for reading (OCI distribution spec, "Pull"). */
public final class Repository {
  private static final int LARGEST_MANIFEST = 4 << 20;

  private final Session session;

  private final int attempts;

  /** {@code attempts}: how often a blob is asked for while nothing of it comes. */
  Repository(Session session, int attempts) {
    this.session = session;
    this.attempts = attempts;
  }

  public Endpoint endpoint() {
    return session.endpoint();
  }

  /**
   * Fetches a manifest.
   *
   * @param reference a tag or a digest
   * @param accept media types that can be read
   * @throws Refusal when the registry says no
   * @throws Unreachable when nothing answers
   */
  public byte[] manifest(String reference, List<String> accept) {
    var answer =
        session.send(
            Query.get(
                session.resolve("manifests/" + reference),
                Map.of("Accept", String.join(", ", accept))));
    try (InputStream body = answer.body()) {
      byte[] bytes = body.readNBytes(LARGEST_MANIFEST + 1);
      if (bytes.length > LARGEST_MANIFEST) {
        throw new Refusal(answer.statusCode(), "SIZE_INVALID", "the manifest is larger than 4 MB");
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("the manifest can not be read: " + e.getMessage(), e);
    }
  }

  /** Opens a blob; a connection that breaks is taken up again where it broke. */
  public InputStream blob(String digest) {
    return blob(digest, _ -> {});
  }

  /** As {@link #blob(String)}; {@code listener} hears how long is waited before a new attempt. */
  public InputStream blob(String digest, Consumer<Duration> listener) {
    return new BlobStream(this, digest, listener);
  }

  /** A blob's bytes from an offset on; the status tells whether the offset was heeded. */
  HttpResponse<InputStream> blob(String digest, long offset) {
    return session.once(
        Query.get(uri(digest), offset == 0 ? Map.of() : Map.of("Range", "bytes=" + offset + "-")));
  }

  URI uri(String digest) {
    return session.resolve("blobs/" + digest);
  }

  /** How often a blob is asked for again while nothing of it comes. */
  Backoff backoff() {
    return session.backoff().of(attempts);
  }
}
