package argosy.engine.registry;

import argosy.engine.registry.Session.Query;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One repository at one registry, for writing (OCI distribution spec, "Push"). */
public final class Destination {
  private static final Logger LOG = LoggerFactory.getLogger(Destination.class);
  private static final int ATTEMPTS = 5;

  private final Session session;

  Destination(Session session) {
    this.session = session;
  }

  /** Bytes that can be read more than once. */
  @FunctionalInterface
  public interface Content {
    /** Opens them at an offset. */
    InputStream from(long offset) throws IOException;
  }

  /** Whether the repository has a blob. */
  public boolean has(String digest) {
    try {
      Session.close(session.send(Query.bare("HEAD", session.resolve("blobs/" + digest))));
      return true;
    } catch (Refusal refusal) {
      if (refusal.status() == 404) {
        return false;
      }
      throw refusal;
    }
  }

  /**
   * Takes a blob over from another repository of the same registry; false where the registry would
   * rather have it uploaded.
   */
  public boolean mount(String digest, String otherPath) {
    var uri =
        session.resolve(
            "blobs/uploads/?mount=%s&from=%s".formatted(encoded(digest), encoded(otherPath)));
    try {
      var answer = session.send(Query.bare("POST", uri));
      Session.close(answer);
      if (answer.statusCode() == 201) {
        return true;
      }
      location(answer, uri).ifPresent(this::abandon);
      return false;
    } catch (Refusal refusal) {
      LOG.debug("{} is not taken over from {}: {}", digest, otherPath, refusal.getMessage());
      return false;
    }
  }

  private void abandon(URI upload) {
    try {
      Session.close(session.send(Query.bare("DELETE", upload)));
    } catch (Refusal | Unreachable e) {
      LOG.debug("the registry forgets the upload by itself: {}", e.getMessage());
    }
  }

  /**
   * Uploads a blob; one that breaks off goes on where the registry says it ended.
   *
   * @param size in bytes
   * @throws Refusal when the registry says no
   * @throws Unreachable when nothing answers any more
   */
  public void upload(String digest, long size, Content content) {
    var start = session.resolve("blobs/uploads/");
    var opened = session.send(Query.bare("POST", start));
    Session.close(opened);
    URI upload = location(opened, start).orElseThrow(() -> nowhere(start));
    long done = 0;
    for (int failures = 0; done < size; ) {
      try {
        upload = patch(upload, content, done, size);
        done = size;
      } catch (Unreachable | Refusal broken) {
        Backoff.pause(patience().before(++failures, asPassing(broken)).orElseThrow(() -> broken));
        LOG.info("an upload broke off and goes on: {}", broken.getMessage());
        var state = state(upload);
        failures = state.bytes() > done ? 0 : failures;
        upload = state.upload();
        done = state.bytes();
      }
    }
    finish(upload, digest);
  }

  private Backoff patience() {
    return session.backoff().of(ATTEMPTS);
  }

  /** A registry that lost count (416) can say where it is. */
  private static RuntimeException asPassing(RuntimeException broken) {
    return broken instanceof Refusal refusal && refusal.status() == 416
        ? new Refusal(503, refusal.code(), refusal.sentence())
        : broken;
  }

  /** The answer may be lost when the work is done: then the blob is there. */
  private void finish(URI upload, String digest) {
    URI finished =
        URI.create(upload + (upload.getQuery() == null ? "?" : "&") + "digest=" + encoded(digest));
    try {
      Session.close(session.send(Query.bare("PUT", finished)));
    } catch (Refusal refusal) {
      if (refusal.status() != 404 || !has(digest)) {
        throw refusal;
      }
    }
  }

  private URI patch(URI upload, Content content, long done, long size) {
    var headers =
        done == 0
            ? Map.of("Content-Type", "application/octet-stream")
            : Map.of(
                "Content-Type",
                "application/octet-stream",
                "Content-Range",
                done + "-" + (size - 1));
    var answer =
        session.once(
            new Query("PATCH", upload, headers, () -> publisher(content, done, size - done)));
    Session.close(answer);
    return location(answer, upload).orElse(upload);
  }

  private static BodyPublisher publisher(Content content, long offset, long length) {
    return BodyPublishers.fromPublisher(
        BodyPublishers.ofInputStream(() -> {
          try {
            return content.from(offset);
          } catch (IOException e) {
            throw new UncheckedIOException("the blob can not be read: " + e.getMessage(), e);
          }
        }),
        length);
  }

  private record State(URI upload, long bytes) {}

  private State state(URI upload) {
    var answer = session.send(Query.get(upload, Map.of()));
    Session.close(answer);
    String range = answer.headers().firstValue("Range").orElse("0-0");
    long last = Long.parseLong(range.substring(range.indexOf('-') + 1));
    return new State(location(answer, upload).orElse(upload), last == 0 ? 0 : last + 1);
  }

  /** Puts a manifest under a tag or its digest. */
  public void manifest(String reference, String mediaType, byte[] bytes) {
    Session.close(
        session.send(
            new Query(
                "PUT",
                session.resolve("manifests/" + reference),
                Map.of("Content-Type", mediaType),
                () -> BodyPublishers.ofByteArray(bytes))));
  }

  private static Optional<URI> location(HttpResponse<InputStream> answer, URI asked) {
    return answer.headers().firstValue("Location").map(asked::resolve);
  }

  private static Refusal nowhere(URI uri) {
    return new Refusal(202, "UNKNOWN", "the registry does not say where to upload: " + uri);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
