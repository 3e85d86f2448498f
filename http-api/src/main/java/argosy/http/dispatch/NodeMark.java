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

  static NodeMark of(String path, String node) {
    return path.equals("/events") ? new OnEvents(node) : new OnProgress(node);
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
  }

  /** Progress carries it in the id, or in front of the status that has none. */
  record OnProgress(String node) implements NodeMark {
    @Override
    public ByteString line(ByteString line) {
      if (read(line) instanceof ObjectNode progress) {
        if (progress.path("id").isTextual()) {
          progress.put("id", node + " " + progress.path("id").asText());
        } else {
          prefix(progress, "status");
        }
        prefix(progress, "error");
        if (progress.get("errorDetail") instanceof ObjectNode detail) {
          prefix(detail, "message");
        }
        return written(progress);
      }
      return line.concat(ByteString.fromString("\n"));
    }

    private void prefix(ObjectNode object, String field) {
      if (object.path(field).isTextual()) {
        object.put(field, node + ": " + object.path(field).asText());
      }
    }

    @Override
    public ByteString problem(ByteString line) {
      return failed(read(line).path("message").asText("it refused"));
    }

    @Override
    public ByteString broken() {
      var warning = Json.mapper().createObjectNode();
      return written(warning.put("status", node + ": it went silent before it was done"));
    }

    private ByteString failed(String message) {
      var problem = Json.mapper().createObjectNode();
      var text = node + ": " + message;
      problem.putObject("errorDetail").put("message", text);
      return written(problem.put("error", text));
    }
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
