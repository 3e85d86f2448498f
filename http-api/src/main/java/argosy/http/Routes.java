package argosy.http;

import argosy.http.answer.Answer;
import argosy.http.answer.NotYet;
import argosy.http.build.BuildRoutes;
import argosy.http.container.ContainerRoutes;
import argosy.http.endpoint.Endpoint;
import argosy.http.image.ImageRoutes;
import argosy.http.network.NetworkRoutes;
import argosy.http.system.SystemRoutes;
import argosy.http.system.Unbuilt;
import argosy.http.volume.VolumeRoutes;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** Every line of the API that is answered. */
public final class Routes {
  private Routes() {}

  /** {@code clock} tells how long ago things happened; {@code version} is the daemon's own. */
  public static List<Endpoint> all(InstantSource clock, String version) {
    return Stream.concat(
            built(clock, version).stream(), Unbuilt.all().stream().map(NotYet::endpoint))
        .map(Answer::guarded)
        .toList();
  }

  /** The lines that work. */
  static List<Endpoint> built(InstantSource clock, String version) {
    return Stream.of(
            SystemRoutes.all(clock, version),
            ContainerRoutes.all(clock),
            ImageRoutes.all(),
            BuildRoutes.all(),
            NetworkRoutes.all(),
            VolumeRoutes.all())
        .flatMap(List::stream)
        .toList();
  }
}
