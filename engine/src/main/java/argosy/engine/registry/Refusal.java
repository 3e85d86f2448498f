package argosy.engine.registry;

import argosy.engine.disk.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Locale;

/**
 * A registry's no: an HTTP status, and the first of its errors (OCI distribution spec, "Error
 * codes").
 */
public final class Refusal extends RuntimeException {
  private final int status;
  private final String code;
  private final String sentence;

  Refusal(int status, String code, String sentence) {
    super(words(code) + ": " + sentence);
    this.status = status;
    this.code = code;
    this.sentence = sentence;
  }

  /** Reads an answer that was no success; one without readable errors is named by its status. */
  static Refusal of(int status, String url, byte[] body) {
    try {
      JsonNode error = Json.mapper().readTree(body).path("errors").path(0);
      if (error.has("code")) {
        String code = error.path("code").asText();
        return new Refusal(status, code, error.path("message").asText(words(code)));
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
