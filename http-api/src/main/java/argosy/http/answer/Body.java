package argosy.http.answer;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.http.endpoint.Call;
import argosy.http.json.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.util.ByteString;

/** Reads JSON bodies, or refuses them in Docker's words. */
public final class Body {
  /** Bytes; far above any real request, far below what would hurt. */
  private static final long LIMIT = 8L << 20;

  private static final long PATIENCE_MILLIS = 60_000;

  private Body() {}

  /** The body as a tree; it must be there and be called JSON. */
  public static CompletionStage<JsonNode> tree(Call call) {
    checkType(call);
    return bytes(call).thenApply(Body::parse);
  }

  /** The body as a record; it must be there and be called JSON. */
  public static <T> CompletionStage<T> read(Call call, Class<T> type) {
    return tree(call).thenApply(tree -> as(tree, type));
  }

  /** The body as a record, an absent one read as {@code {}}. */
  public static <T> CompletionStage<T> optional(Call call, Class<T> type) {
    return bytes(call)
        .thenApply(bytes -> {
          if (bytes.isEmpty()) {
            return as(Json.mapper().createObjectNode(), type);
          }
          checkType(call);
          return as(parse(bytes), type);
        });
  }

  /** All bytes of a small body. */
  public static CompletionStage<ByteString> bytes(Call call) {
    return call.request()
        .entity()
        .toStrict(PATIENCE_MILLIS, LIMIT, call.materializer())
        .thenApply(strict -> strict.getData())
        .exceptionally(broken -> {
          throw new Refused(
              new Failure.Invalid(
                  "the request's body broke off or is larger than %d bytes".formatted(LIMIT)),
              broken);
        });
  }

  /** One view of a tree that {@link #tree} gave. */
  public static <T> T as(JsonNode tree, Class<T> type) {
    try {
      T value = Json.mapper().treeToValue(tree, type);
      if (value == null) {
        throw new Refused(new Failure.Invalid("invalid JSON: null"));
      }
      return value;
    } catch (JsonProcessingException | IllegalArgumentException wrong) {
      throw invalid(wrong);
    }
  }

  private static JsonNode parse(ByteString bytes) {
    if (bytes.isEmpty()) {
      throw new Refused(new Failure.Invalid("invalid JSON: got EOF while reading request body"));
    }
    try {
      return Json.mapper().readTree(bytes.toArrayUnsafe());
    } catch (IOException wrong) {
      throw invalid(wrong);
    }
  }

  private static Refused invalid(Exception wrong) {
    String text =
        wrong instanceof JsonProcessingException json
            ? JsonFault.text(json)
            : String.valueOf(wrong.getMessage());
    return new Refused(new Failure.Invalid("invalid JSON: " + text), wrong);
  }

  private static void checkType(Call call) {
    var type = call.request().entity().getContentType();
    if (!type.mediaType().equals(ContentTypes.APPLICATION_JSON.mediaType())) {
      // an absent header is read as octets
      String said =
          type.equals(ContentTypes.APPLICATION_OCTET_STREAM) ? "" : type.mediaType().toString();
      throw new Refused(
          new Failure.Invalid("Content-Type specified (" + said + ") must be 'application/json'"));
    }
  }
}
