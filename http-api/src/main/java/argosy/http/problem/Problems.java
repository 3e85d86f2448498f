package argosy.http.problem;

import argosy.engine.failure.Failure;
import argosy.http.json.Json;
import argosy.http.wire.ErrorMessage;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** A {@link Failure} as an HTTP answer: the status of its kind and {@code {"message":…}}. */
public final class Problems {
  private Problems() {}

  /** The status Docker answers for this kind of failure. */
  public static int status(Failure failure) {
    return switch (failure) {
      case Failure.NotModified _ -> 304;
      case Failure.Invalid _ -> 400;
      case Failure.Unauthorized _ -> 401;
      case Failure.Forbidden _ -> 403;
      case Failure.NotFound _ -> 404;
      case Failure.Conflict _ -> 409;
      case Failure.Internal _ -> 500;
      case Failure.NotImplemented _ -> 501;
      case Failure.Unavailable _ -> 503;
    };
  }

  /** The whole answer; 304 has no body. */
  public static HttpResponse response(Failure failure) {
    var head = HttpResponse.create().withStatus(status(failure));
    return switch (failure) {
      case Failure.NotModified _ -> head;
      case Failure.Invalid _,
          Failure.Unauthorized _,
          Failure.Forbidden _,
          Failure.NotFound _,
          Failure.Conflict _,
          Failure.Internal _,
          Failure.NotImplemented _,
          Failure.Unavailable _ ->
          head.withEntity(
              ContentTypes.APPLICATION_JSON, Json.line(new ErrorMessage(failure.message())));
    };
  }

  /** Docker's answer to a path or a method it does not know. */
  public static HttpResponse pageNotFound() {
    return response(new Failure.NotFound("page not found"));
  }
}
