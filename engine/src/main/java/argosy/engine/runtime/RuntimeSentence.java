package argosy.engine.runtime;

import argosy.engine.failure.Failure;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an OCI runtime says when it fails, in the words that Docker and its clients look for. Pure.
 */
public final class RuntimeSentence {
  /** Docker's code for a container that could not be started for any other reason. */
  public static final int NOT_STARTED = 128;

  private static final int NOT_FOUND = 127;
  private static final int NOT_EXECUTABLE = 126;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** crun's way to say that there is no such program, with its name in backquotes. */
  private static final Pattern CRUN_MISSING =
      Pattern.compile("executable file `(.*)` not found(.*)", Pattern.DOTALL);

  /** A directory is "not permitted" to crun where runc says that it is denied. */
  private static final Pattern CRUN_DENIED =
      Pattern.compile(
          "(?:open|the) executable(?: `(.*)`)?.*: (?:Permission denied|Operation not permitted)",
          Pattern.DOTALL);

  private RuntimeSentence() {}

  /** The last error in a runtime's JSON log; "" when there is none. */
  static String lastError(String log) {
    String last = "";
    for (String line : log.lines().toList()) {
      try {
        JsonNode entry = MAPPER.readTree(line);
        if (entry != null && entry.path("level").asText("error").matches("error|fatal")) {
          last = entry.path("msg").asText(last);
        }
      } catch (JsonProcessingException noJson) {
        // a crash writes plain text into the log; the best there is
        last = line;
      }
    }
    return last;
  }

  /** Why a container could not be created, in runc's words whichever runtime said it. */
  static Failure create(String program, String sentence) {
    return failure(common(program, sentence, "runc create failed: "));
  }

  /** Why a process could not be started in a container, likewise. */
  static Failure exec(String program, String sentence) {
    return failure(common(program, sentence, "exec failed: "));
  }

  /**
   * The exit code that a failed start leaves behind, by Docker's rule: 127 for a program that is
   * not there, 126 for one that can not be run, otherwise 128.
   */
  public static int exitCode(String sentence) {
    boolean missing =
        sentence.contains("executable file not found")
            || sentence.contains("no such file or directory")
            || sentence.contains("system cannot find the file specified")
            || sentence.contains("not a directory");
    if (missing) {
      return NOT_FOUND;
    }
    return sentence.contains("permission denied") || sentence.contains("is a directory")
        ? NOT_EXECUTABLE
        : NOT_STARTED;
  }

  private static Failure failure(String message) {
    return exitCode(message) == NOT_STARTED
        ? new Failure.Internal(message)
        : new Failure.Invalid(message);
  }

  private static String common(String program, String sentence, String stage) {
    String start = stage + "unable to start container process: exec: ";
    Matcher missing = CRUN_MISSING.matcher(sentence);
    if (missing.find()) {
      String name = missing.group(1);
      return start
          + (name.contains("/")
              ? quoted(name) + ": stat " + name + ": no such file or directory"
              : quoted(name) + ": executable file not found in $PATH");
    }
    if (CRUN_DENIED.matcher(sentence).find()) {
      return start + quoted(program) + ": permission denied";
    }
    return sentence.isEmpty() ? stage + "the runtime gave no reason" : sentence;
  }

  private static String quoted(String name) {
    return "\"" + name + "\"";
  }
}
