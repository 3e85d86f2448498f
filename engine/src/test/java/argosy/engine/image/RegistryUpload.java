package argosy.engine.image;

import argosy.engine.disk.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Puts things into a registry over plain HTTP; {@code base}: {@code http://HOST:PORT/v2/NAME}. */
final class RegistryUpload {
  private RegistryUpload() {}

  static void manifest(String base, String tag, String mediaType, byte[] manifest) {
    send(
        HttpRequest.newBuilder(URI.create(base + "/manifests/" + tag))
            .header("Content-Type", mediaType)
            .PUT(HttpRequest.BodyPublishers.ofByteArray(manifest))
            .build());
  }

  /** A blob in one piece. */
  static void blob(String base, byte[] bytes) {
    var started =
        send(
            HttpRequest.newBuilder(URI.create(base + "/blobs/uploads/"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    String location = started.headers().firstValue("Location").orElseThrow();
    String at = URI.create(base + "/").resolve(location).toString();
    send(
        HttpRequest.newBuilder(
                URI.create(at + (at.contains("?") ? "&" : "?") + "digest=" + Digest.of(bytes)))
            .header("Content-Type", "application/octet-stream")
            .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes))
            .build());
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new IllegalStateException(request + ": " + answer.statusCode() + " " + answer.body());
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
