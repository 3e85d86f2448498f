package argosy.engine.registry;

import argosy.engine.disk.Json;
import argosy.engine.registry.Session.Query;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One repository at one registry, for reading (OCI distribution spec, "Pull"). */
public final class Repository {
  private static final int LARGEST_MANIFEST = 4 << 20;
  private static final int MOST_PAGES = 1000;
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;[^,]*rel=\"?next\"?");

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

  /**
   * What a tag stands for, without fetching it; empty where the registry does not say.
   *
   * @throws Refusal when it wants other credentials
   */
  public Optional<String> digest(String tag, List<String> accept) {
    try {
      var answer =
          session.send(
              new Query(
                  "HEAD",
                  session.resolve("manifests/" + tag),
                  Map.of("Accept", String.join(", ", accept)),
                  BodyPublishers::noBody));
      Session.close(answer);
      return answer.headers().firstValue("Docker-Content-Digest");
    } catch (Refusal refusal) {
      if (refusal.status() == 401) {
        throw refusal;
      }
      return Optional.empty(); // the answer to a HEAD does not say why; that to a GET will
    }
  }

  /** Every tag of the repository, as the registry orders them. */
  public List<String> tags() {
    var tags = new ArrayList<String>();
    URI page = session.resolve("tags/list");
    for (int pages = 0; page != null; pages++) {
      if (pages == MOST_PAGES) {
        throw new Refusal(200, "UNKNOWN", "the registry's list of tags does not end");
      }
      var answer = session.send(Query.get(page, Map.of()));
      try (InputStream body = answer.body()) {
        var root = Json.mapper().readTree(body.readNBytes(LARGEST_MANIFEST));
        root.path("tags").forEach(tag -> tags.add(tag.asText()));
      } catch (IOException e) {
        throw new UncheckedIOException("the tags can not be read: " + e.getMessage(), e);
      }
      page = next(page, answer.headers().firstValue("Link").orElse(""));
    }
    return List.copyOf(tags);
  }

  /** The page after this one (RFC 8288), which must be the same registry's. */
  private @Nullable URI next(URI page, String link) {
    var found = NEXT.matcher(link);
    if (!found.find()) {
      return null;
    }
    var next = page.resolve(found.group(1));
    return next.getAuthority().equals(page.getAuthority()) ? next : null;
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
