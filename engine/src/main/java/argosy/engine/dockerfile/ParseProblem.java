package argosy.engine.dockerfile;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;

/** What is wrong with a Dockerfile, and where. */
final class ParseProblem {
  private ParseProblem() {}

  static Refused at(int line, String sentence) {
    return new Refused(
        new Failure.Invalid("dockerfile parse error on line " + line + ": " + sentence));
  }

  static Refused inFile(String sentence) {
    return new Refused(new Failure.Invalid(sentence));
  }
}
