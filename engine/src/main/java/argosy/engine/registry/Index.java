package argosy.engine.registry;

import argosy.engine.disk.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The old index of images ({@code /v1/search}), the only one that Docker's search ever had. */
final class Index {
  private static final int LARGEST_ANSWER = 8 << 20;
  private final Endpoint endpoint;
  private final Transport transport;

  Index(Endpoint endpoint, Transport transport) {
    this.endpoint = endpoint;
    this.transport = transport;
  }

  List<SearchHit> search(String term, int limit, Credentials credentials) {
    String base = endpoint.base().toString();
    URI uri =
        URI.create(
            base
                + "/v1/search?q="
                + URLEncoder.encode(term, StandardCharsets.UTF_8)
                + "&n="
                + limit);
    var answer = transport.get(uri, headers(credentials));
    try (InputStream body = answer.body()) {
      if (answer.statusCode() != 200) {
        throw new Refusal(
            answer.statusCode(), "UNKNOWN", "Unexpected status code " + answer.statusCode());
      }
      return hits(Json.mapper().readTree(body.readNBytes(LARGEST_ANSWER)));
    } catch (IOException e) {
      throw new Unreachable("GET", uri, e);
    }
  }

  private static Map<String, String> headers(Credentials credentials) {
    if (credentials.username().isEmpty()) {
      return Map.of();
    }
    String both = credentials.username() + ":" + credentials.password();
    return Map.of(
        "Authorization",
        "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<SearchHit> hits(JsonNode root) {
    var hits = new ArrayList<SearchHit>();
    for (JsonNode each : root.path("results")) {
      hits.add(
          new SearchHit(
              each.path("name").asText(""),
              each.path("description").asText(""),
              each.path("star_count").asInt(),
              each.path("is_official").asBoolean(),
              each.path("is_automated").asBoolean()));
    }
    return List.copyOf(hits);
  }
}
