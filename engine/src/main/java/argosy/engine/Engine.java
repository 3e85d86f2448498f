package argosy.engine;

import argosy.engine.container.ContainerRequest;
import argosy.engine.failure.Outcome;
import argosy.engine.image.ImageRequest;
import argosy.engine.network.NetworkRequest;
import argosy.engine.volume.VolumeRequest;
import java.util.concurrent.CompletionStage;

/**
 * The engine's public protocol, wherever the engine is: this host's actors, another node's behind
 * its gateway, or the whole cluster. A stage never fails: what goes wrong is an outcome.
 */
public interface Engine {
  <R> CompletionStage<Outcome<R>> containers(ContainerRequest<R> request);

  <R> CompletionStage<Outcome<R>> images(ImageRequest<R> request);

  <R> CompletionStage<Outcome<R>> networks(NetworkRequest<R> request);

  <R> CompletionStage<Outcome<R>> volumes(VolumeRequest<R> request);

  <R> CompletionStage<Outcome<R>> host(HostRequest<R> request);
}
