package argosy.http.answer;

import argosy.engine.failure.Failure;
import argosy.http.endpoint.Endpoint;

/** A line of the API that is known and answered with one sentence that says what is missing. */
public record NotYet(String method, String path, Failure failure) {

  /** A line whose work is not built. */
  public static NotYet unbuilt(String method, String path, String sentence) {
    return new NotYet(method, path, new Failure.NotImplemented(sentence));
  }

  public Endpoint endpoint() {
    return Endpoint.protocol(method, path, _ -> Answer.now(Answer.problem(failure)));
  }
}
