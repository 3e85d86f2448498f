package argosy.cluster.whole;

import argosy.cluster.directory.Directory;
import argosy.cluster.gateway.Links;
import argosy.engine.Engine;
import argosy.engine.HostRequest;
import argosy.engine.container.ContainerRequest;
import argosy.engine.failure.Outcome;
import argosy.engine.image.ImageRequest;
import argosy.engine.network.NetworkRequest;
import argosy.engine.protocol.Request;
import argosy.engine.volume.VolumeRequest;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** All nodes as one engine. */
public final class WholeEngine implements Engine {
  private final WholeContainers containers;
  private final WholeImages images;
  private final WholeNetworks networks;
  private final WholeVolumes volumes;
  private final WholeHost host;

  /** {@code silent} is told, once, the name of each node whose part is missing from an answer. */
  public WholeEngine(Supplier<Links> links, Directory directory, Consumer<String> silent) {
    var told = ConcurrentHashMap.<String>newKeySet();
    var view =
        new View(
            links,
            directory,
            name -> {
              if (told.add(name)) {
                silent.accept(name);
              }
            });
    this.containers = new WholeContainers(view);
    this.images = new WholeImages(view);
    this.networks = new WholeNetworks(view);
    this.volumes = new WholeVolumes(view);
    this.host = new WholeHost(view);
  }

  @Override
  public <R> CompletionStage<Outcome<R>> containers(ContainerRequest<R> request) {
    return as(request, containers.answer(request));
  }

  @Override
  public <R> CompletionStage<Outcome<R>> images(ImageRequest<R> request) {
    return as(request, images.answer(request));
  }

  @Override
  public <R> CompletionStage<Outcome<R>> networks(NetworkRequest<R> request) {
    return as(request, networks.answer(request));
  }

  @Override
  public <R> CompletionStage<Outcome<R>> volumes(VolumeRequest<R> request) {
    return as(request, volumes.answer(request));
  }

  @Override
  public <R> CompletionStage<Outcome<R>> host(HostRequest<R> request) {
    return as(request, host.answer(request));
  }

  private static <R> CompletionStage<Outcome<R>> as(
      Request<R> request, CompletionStage<? extends Outcome<?>> answer) {
    return answer
        .<Outcome<R>>thenApply(outcome -> outcome.map(request.reply()::cast))
        .exceptionally(Outcome::failed);
  }
}
