package argosy.engine.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One repository at one registry, for reading (OCI distribution spec, "Pull"). */
public final class Repository {
  private static final int LARGEST_MANIFEST = 4 << 20;

  private final Transport transport;
  private final Endpoint endpoint;
  private final String path;
  private final Authorization authorization;

  Repository(Transport transport, Endpoint endpoint, String path, Credentials credentials) {
    this.transport = transport;
    this.endpoint = endpoint;
    this.path = path;
    this.authorization =
        new Authorization(
            transport, endpoint.verified(), credentials, "repository:" + path + ":pull");
  }

  public Endpoint endpoint() {
    return endpoint;
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
    var answer = get("manifests/" + reference, Map.of("Accept", String.join(", ", accept)));
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
    return get(
        "blobs/" + digest, offset == 0 ? Map.of() : Map.of("Range", "bytes=" + offset + "-"));
  }

  private HttpResponse<InputStream> get(String what, Map<String, String> headers) {
    var uri = endpoint.resolve(path + "/" + what);
    var answer = transport.get(uri, endpoint.verified(), authorized(headers));
    if (answer.statusCode() == 401) {
      var challenge = Challenge.choose(answer.headers().allValues("WWW-Authenticate"));
      if (challenge.isPresent()) {
        close(answer);
        if (!authorization.answer(challenge.get())) {
          throw new Refusal(401, "UNAUTHORIZED", "Get \"" + uri + "\": no basic auth credentials");
        }
        answer = transport.get(uri, endpoint.verified(), authorized(headers));
      }
    }
    if (answer.statusCode() / 100 != 2) {
      throw refusal(uri.toString(), answer);
    }
    return answer;
  }

  private Map<String, String> authorized(Map<String, String> headers) {
    var all = new HashMap<>(headers);
    authorization.header().ifPresent(value -> all.put("Authorization", value));
    return all;
  }

  private static Refusal refusal(String url, HttpResponse<InputStream> answer) {
    try (InputStream body = answer.body()) {
      return Refusal.of(answer.statusCode(), url, body.readNBytes(1 << 16));
    } catch (IOException e) {
      throw new UncheckedIOException("the registry's answer can not be read: " + e.getMessage(), e);
    }
  }

  private static void close(HttpResponse<InputStream> answer) {
    try {
      answer.body().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
