package argosy.engine.container.life;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;

/**
 * Why a container's process could not be started, told as Docker tells it.
 *
 * @param code the exit code that the container shows: 127 command not found, 126 not executable,
 *     128 anything else
 */
public record StartFailure(Failure failure, int code) {

  /** From what any step before the runtime threw. */
  public static StartFailure of(Throwable thrown) {
    return new StartFailure(Refused.failureOf(thrown), 128);
  }

  /** From the runtime's own sentence. */
  public static StartFailure ofRuntime(Throwable thrown) {
    String sentence = Refused.failureOf(thrown).message();
    String text =
        "failed to create task for container: failed to create shim task: OCI runtime create"
            + " failed: "
            + sentence
            + ": unknown";
    int code = code(sentence);
    return new StartFailure(
        code == 128 ? new Failure.Internal(text) : new Failure.Invalid(text), code);
  }

  /** The text that an exec's stream carries when its process could not be started. */
  public static String ofExec(Throwable thrown) {
    String sentence = Refused.failureOf(thrown).message();
    boolean ours = sentence.startsWith("unable to find ");
    return (ours ? sentence : "OCI runtime exec failed: " + sentence + ": unknown") + "\r\n";
  }

  private static int code(String sentence) {
    if (sentence.contains("executable file not found")
        || sentence.contains("executable file `")
        || sentence.contains("no such file or directory")
        || sentence.contains("No such file or directory")) {
      return 127;
    }
    if (sentence.contains("permission denied")
        || sentence.contains("Permission denied")
        || sentence.contains("is a directory")
        || sentence.contains("not a directory")
        || sentence.contains("exec format error")) {
      return 126;
    }
    return 128;
  }
}
