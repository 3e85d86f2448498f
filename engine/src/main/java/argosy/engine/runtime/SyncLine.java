package argosy.engine.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * One line of the monitor's sync pipe.
 *
 * @param data a pid, an exit code, 0 for "ready", or negative for a failure
 * @param message the failure's text, or ""
 */
record SyncLine(int data, String message) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** A line that is not one counts as a failure with the line as its text. */
  static SyncLine parse(String line) {
    try {
      JsonNode json = MAPPER.readTree(line);
      if (json != null && json.path("data").canConvertToInt()) {
        return new SyncLine(json.path("data").intValue(), json.path("message").asText(""));
      }
      return new SyncLine(-1, line);
    } catch (JsonProcessingException broken) {
      return new SyncLine(-1, line);
    }
  }
}
