package argosy.engine.registry;

import argosy.engine.registry.Session.Query;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** One repository at one registry, for reading (OCI distribution spec, "Pull"). */
public final class Repository {
  private static final int LARGEST_MANIFEST = 4 << 20;

  private final Session session;

  Repository(Session session) {
    this.session = session;
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
    return new BlobStream(this, digest);
  }

  /** A blob's bytes from an offset on; the status tells whether the offset was heeded. */
  HttpResponse<InputStream> blob(String digest, long offset) {
    return session.send(
        Query.get(
            session.resolve("blobs/" + digest),
            offset == 0 ? Map.of() : Map.of("Range", "bytes=" + offset + "-")));
  }
}
