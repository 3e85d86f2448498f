package argosy.http.answer;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;

/** Ends the reading of a request that can not be carried out. */
public final class Refusal {
  private Refusal() {}

  /** The request is wrong: 400. */
  public static Refused invalid(String sentence) {
    return new Refused(new Failure.Invalid(sentence));
  }

  public static void when(boolean wrong, String sentence) {
    if (wrong) {
      throw invalid(sentence);
    }
  }

  /** The request asks for what is not built: 501. */
  public static void notYet(boolean asked, String sentence) {
    if (asked) {
      throw new Refused(new Failure.NotImplemented(sentence));
    }
  }
}
