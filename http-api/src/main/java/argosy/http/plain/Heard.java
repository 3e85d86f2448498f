package argosy.http.plain;

import org.apache.pekko.http.javadsl.model.HttpRequest;

/** What was made of the bytes of a connection so far. */
public sealed interface Heard {
  /**
   * A whole request.
   *
   * @param length how many bytes it took
   * @param last the client wants the connection closed after the answer
   */
  record Whole(HttpRequest request, int length, boolean last) implements Heard {}

  /** The beginning of one. */
  record Part() implements Heard {}

  /** Not plain: the HTTP library is to read it, from the first byte. */
  record Unusual() implements Heard {}
}
