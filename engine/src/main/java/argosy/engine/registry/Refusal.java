package argosy.engine.registry;

import argosy.engine.disk.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/**
 * A registry's no: an HTTP status, and the first of its errors (OCI distribution spec, "Error
 * codes").
 */
public final class Refusal extends RuntimeException {
  private final int status;
  private final String code;
  private final String sentence;
  private final Duration retryAfter;

  Refusal(int status, String code, String sentence) {
    this(status, code, sentence, Duration.ZERO);
  }

  private Refusal(int status, String code, String sentence, Duration retryAfter) {
    super(words(code) + ": " + sentence);
    this.status = status;
    this.code = code;
    this.sentence = sentence;
    this.retryAfter = retryAfter;
  }

  /** Reads an answer that was no success, and closes it. */
  static Refusal of(URI uri, HttpResponse<InputStream> answer) {
    try (InputStream body = answer.body()) {
      var refusal = of(answer.statusCode(), uri.toString(), body.readNBytes(1 << 16));
      return new Refusal(
          refusal.status, refusal.code, refusal.sentence, retryAfter(answer.headers()));
    } catch (IOException e) {
      throw new Unreachable("GET", uri, e);
    }
  }

  /** In seconds or as a date (RFC 9110, section 10.2.3). */
  private static Duration retryAfter(HttpHeaders headers) {
    String asked = headers.firstValue("Retry-After").orElse("").strip();
    if (asked.matches("[0-9]{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(asked));
    }
    try {
      var date = ZonedDateTime.parse(asked, DateTimeFormatter.RFC_1123_DATE_TIME);
      var now =
          ZonedDateTime.parse(
              headers.firstValue("Date").orElse(""), DateTimeFormatter.RFC_1123_DATE_TIME);
      return date.isAfter(now) ? Duration.between(now, date) : Duration.ZERO;
    } catch (DateTimeParseException noDate) {
      return Duration.ZERO;
    }
  }

  /** Reads an answer that was no success; one without readable errors is named by its status. */
  static Refusal of(int status, String url, byte[] body) {
    try {
      JsonNode root = Json.mapper().readTree(body);
      JsonNode error = root.path("errors").path(0);
      if (error.has("code")) {
        String code = error.path("code").asText();
        return new Refusal(status, code, error.path("message").asText(words(code)));
      }
      if (status == 401 && root.path("details").isTextual()) {
        return new Refusal(status, "UNAUTHORIZED", root.path("details").asText());
      }
    } catch (IOException e) {
      return unreadable(status, url);
    }
    return unreadable(status, url);
  }

  private static Refusal unreadable(int status, String url) {
    return switch (status) {
      case 401 -> new Refusal(status, "UNAUTHORIZED", "authentication required");
      case 403 -> new Refusal(status, "DENIED", "requested access to the resource is denied");
      case 404 -> new Refusal(status, "NOT_FOUND", "404 page not found");
      case 429 -> new Refusal(status, "TOOMANYREQUESTS", "too many requests");
      default ->
          new Refusal(
              status, "UNKNOWN", "received unexpected HTTP status " + status + " from " + url);
    };
  }

  /** {@code manifest unknown: manifest unknown}, as Docker shows it. */
  public String words() {
    return words(code) + ": " + sentence;
  }

  /** Whether the same question may be answered better a moment later. */
  boolean isPassing() {
    return status == 429 || status == 408 || status / 100 == 5 && status != 501;
  }

  /** How long the registry wants to be left alone; zero where it does not say. */
  Duration retryAfter() {
    return retryAfter;
  }

  public int status() {
    return status;
  }

  /** {@code MANIFEST_UNKNOWN} and so on. */
  public String code() {
    return code;
  }

  public String sentence() {
    return sentence;
  }

  private static String words(String code) {
    return code.toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
