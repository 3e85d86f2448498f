package argosy.engine.build;

/** A step's command ended with another code than 0. */
final class StepFailed extends RuntimeException {
  private final int code;

  StepFailed(String command, int code) {
    super("The command '%s' returned a non-zero code: %d".formatted(command, code));
    this.code = code;
  }

  int code() {
    return code;
  }
}
