package argosy.engine.build;

import argosy.engine.build.context.Item;
import argosy.engine.disk.Digest;
import argosy.engine.disk.HeldFile;
import argosy.engine.disk.NativeCalls;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.linux.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** A file that ADD takes from a URL. */
final class Download {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int BUFFER = 128 * 1024;

  private Download() {}

  static boolean isUrl(String source) {
    String lower = source.toLowerCase(Locale.ROOT);
    return lower.startsWith("http://") || lower.startsWith("https://");
  }

  /** Fetches it; its mode is 0600, as Docker has it. */
  static Item item(String url, Deed.Copy deed, Optional<Checksum> checksum, Path parent) {
    URI uri = uri("ADD failed", url);
    String path = uri.getPath() == null ? "" : uri.getPath();
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (name.isEmpty() && deed.destination().endsWith("/")) {
      throw BuildRun.refused("cannot determine filename for source " + url);
    }
    try {
      Path directory = Files.createTempDirectory(parent, "url");
      Path file = directory.resolve("content");
      String hash = fetch("ADD failed", url, file);
      checksum.ifPresent(wanted -> wanted.check(hash));
      Files.setAttribute(file, "unix:mode", 0600);
      return NativeCalls.await(() -> {
        try (var held = HeldFile.directory(directory)) {
          return new Item(held.inside("content"), name, false);
        }
      });
    } catch (IOException e) {
      throw new UncheckedIOException("can not keep " + url + ": " + e.getMessage(), e);
    }
  }

  private static URI uri(String what, String url) {
    try {
      return URI.create(url);
    } catch (IllegalArgumentException e) {
      throw new Refused(new Failure.Invalid(what + ": invalid URL: " + url), e);
    }
  }

  /**
   * Fetches what is behind a URL, with the time its server says, or none.
   *
   * @param what begins the sentence when it can not be had
   * @return its digest
   */
  static String fetch(String what, String url, Path file) throws IOException {
    URI uri = uri(what, url);
    try (var client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(15))
            .build()) {
      var answer =
          client.send(
              HttpRequest.newBuilder(uri).timeout(PATIENCE).GET().build(),
              HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        if (answer.statusCode() >= 400) {
          throw BuildRun.refused(
              "%s: failed to GET %s with status %d".formatted(what, uri, answer.statusCode()));
        }
        String digest = copy(body, file);
        Files.setLastModifiedTime(
            file, FileTime.from(modified(answer.headers().firstValue("Last-Modified"))));
        return digest;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused(new Failure.Unavailable("the build was cancelled"), e);
    } catch (IOException e) {
      throw new Refused(
          new Failure.Internal("%s: Get \"%s\": %s".formatted(what, uri, reason(e))), e);
    }
  }

  /** Without a time it is from the beginning of time, so that the layer is the same again. */
  private static Instant modified(Optional<String> said) {
    try {
      return said.map(DateTimeFormatter.RFC_1123_DATE_TIME::parse)
          .map(Instant::from)
          .orElse(Instant.EPOCH);
    } catch (DateTimeException unreadable) {
      return Instant.EPOCH;
    }
  }

  private static String reason(IOException e) {
    return e instanceof ConnectException
        ? "connection refused"
        : e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static String copy(InputStream body, Path file) throws IOException {
    var hash = Sha256.start();
    byte[] buffer = new byte[BUFFER];
    try (var out = Files.newOutputStream(file)) {
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        hash.update(buffer, 0, read);
        out.write(buffer, 0, read);
      }
    }
    return Digest.of(hash).toString();
  }
}
