package argosy.http;

import argosy.http.answer.Answer;
import argosy.http.container.ContainerRoutes;
import argosy.http.endpoint.Endpoint;
import argosy.http.system.SystemRoutes;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** Every line of the API that is answered. */
public final class Routes {
  private Routes() {}

  /** {@code clock} tells how long ago things happened; {@code version} is the daemon's own. */
  public static List<Endpoint> all(InstantSource clock, String version) {
    return Stream.of(SystemRoutes.all(clock, version), ContainerRoutes.all(clock))
        .flatMap(List::stream)
        .map(Answer::guarded)
        .toList();
  }
}
