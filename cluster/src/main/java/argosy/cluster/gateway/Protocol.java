package argosy.cluster.gateway;

import argosy.engine.Engine;
import argosy.engine.HostRequest;
import argosy.engine.container.ContainerRequest;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.image.ImageRequest;
import argosy.engine.network.NetworkRequest;
import argosy.engine.protocol.Request;
import argosy.engine.volume.VolumeRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Which of the engine's doors a request goes through. */
final class Protocol {
  private Protocol() {}

  /** The stage never fails. */
  static CompletionStage<Outcome<Object>> ask(Engine engine, Request<?> request) {
    return stage(engine, request)
        .<Outcome<Object>>thenApply(outcome -> outcome.map(value -> (Object) value))
        .exceptionally(Outcome::failed);
  }

  private static CompletionStage<? extends Outcome<?>> stage(Engine engine, Request<?> request) {
    return switch (request) {
      case ContainerRequest<?> container -> engine.containers(container);
      case ImageRequest<?> image -> engine.images(image);
      case NetworkRequest<?> network -> engine.networks(network);
      case VolumeRequest<?> volume -> engine.volumes(volume);
      case HostRequest<?> host -> engine.host(host);
      default ->
          CompletableFuture.completedStage(
              Outcome.failed(new Failure.Internal(request.getClass() + " has no family")));
    };
  }
}
