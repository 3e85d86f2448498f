package argosy.http;

/** Why the daemon does not start, in one sentence for the operator. */
final class NotStarted extends RuntimeException {
  NotStarted(String sentence) {
    super(sentence);
  }

  NotStarted(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
