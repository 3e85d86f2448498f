package argosy.http.dispatch;

import argosy.http.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.apache.pekko.util.ByteString;

/** Writes a node's name into the lines that came from it. */
sealed interface NodeMark {
  String node();

  /** A good line, with the node's name where Docker's clients show it. */
  ByteString line(ByteString line);

  /** The body of a bad answer as a line of the good ones. */
  ByteString problem(ByteString line);

  /** What stands for the rest when the node went silent in the middle. */
  ByteString broken();

  /** What a node that was not even asked has to say. */
  ByteString silent();

  static NodeMark of(String path, String node, Attempt attempt) {
    return path.equals("/events") ? new OnEvents(node) : new OnProgress(node, attempt);
  }

  /** Events carry the node as an attribute of their actor. */
  record OnEvents(String node) implements NodeMark {
    @Override
    public ByteString line(ByteString line) {
      if (read(line) instanceof ObjectNode event) {
        event.withObjectProperty("Actor").withObjectProperty("Attributes").put("node", node);
        return written(event);
      }
      return line.concat(ByteString.fromString("\n"));
    }

    @Override
    public ByteString problem(ByteString line) {
      return ByteString.emptyByteString();
    }

    @Override
    public ByteString broken() {
      return ByteString.emptyByteString();
    }

    @Override
    public ByteString silent() {
      return ByteString.emptyByteString();
    }
  }

  /**
   * Progress carries it in the id, or in front of the status that has none. Docker's clients stop
   * at the first error, so one node's error is a status as long as another node may succeed.
   */
  record OnProgress(String node, Attempt attempt) implements NodeMark {
    @Override
    public ByteString line(ByteString line) {
      if (!(read(line) instanceof ObjectNode progress)) {
        return line.concat(ByteString.fromString("\n"));
      }
      if (progress.hasNonNull("error")) {
        return failed(progress.path("error").asText());
      }
      if (progress.path("id").isTextual()) {
        progress.put("id", node + " " + progress.path("id").asText());
      } else if (progress.path("status").isTextual()) {
        progress.put("status", node + ": " + progress.path("status").asText());
      }
      return written(progress);
    }

    @Override
    public ByteString problem(ByteString line) {
      return failed(read(line).path("message").asText("it refused"));
    }

    @Override
    public ByteString broken() {
      return failed("it went silent before it was done");
    }

    @Override
    public ByteString silent() {
      return failed("it does not answer");
    }

    private ByteString failed(String reason) {
      attempt.failed(node, reason);
      return written(Json.mapper().createObjectNode().put("status", node + ": " + reason));
    }
  }

  /** The last line: an error when no node succeeded, else empty. */
  static ByteString result(Attempt attempt) {
    return attempt
        .error()
        .map(text -> {
          var problem = Json.mapper().createObjectNode();
          problem.putObject("errorDetail").put("message", text);
          return written(problem.put("error", text));
        })
        .orElse(ByteString.emptyByteString());
  }

  private static JsonNode read(ByteString line) {
    try {
      return Json.mapper().readTree(line.toArrayUnsafe());
    } catch (IOException _) {
      return Json.mapper().missingNode();
    }
  }

  private static ByteString written(JsonNode object) {
    return ByteString.fromString(Json.line(object));
  }
}
