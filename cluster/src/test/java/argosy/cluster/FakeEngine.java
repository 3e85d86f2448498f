package argosy.cluster;

import argosy.engine.HostRequest;
import argosy.engine.LocalEngine;
import argosy.engine.build.BuildStreams;
import argosy.engine.container.Container;
import argosy.engine.container.ContainerRequest;
import argosy.engine.container.ContainerStreams;
import argosy.engine.container.Lifecycle;
import argosy.engine.event.EventStreams;
import argosy.engine.failure.Done;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.image.Image;
import argosy.engine.image.ImageRequest;
import argosy.engine.image.ImageStreams;
import argosy.engine.network.NetworkRequest;
import argosy.engine.protocol.Request;
import argosy.engine.volume.VolumeRequest;
import argosy.engine.volume.VolumeStreams;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** An engine in memory: enough to be listed, created in, looked into and refused by. */
public final class FakeEngine implements LocalEngine {
  public final String name;
  public final Map<String, Container> containers = new ConcurrentHashMap<>();
  public final Map<String, Image> images = new ConcurrentHashMap<>();
  public final Map<String, NetworkRequest.Network> networks = new ConcurrentHashMap<>();
  public final Map<String, VolumeRequest.Volume> volumes = new ConcurrentHashMap<>();
  public volatile Optional<Failure> refusesCreate = Optional.empty();
  public volatile CompletableFuture<?> gate = CompletableFuture.completedFuture(null);

  public FakeEngine(String name) {
    this.name = name;
  }

  public FakeEngine withImage(String reference) {
    images.put(reference, Samples.image(reference));
    return this;
  }

  @Override
  public <R> CompletionStage<Outcome<R>> containers(ContainerRequest<R> request) {
    return later(request, () -> container(request));
  }

  private Outcome<?> container(ContainerRequest<?> request) {
    return switch (request) {
      case ContainerRequest.Create create -> create(create);
      case ContainerRequest.Find _ ->
          Outcome.ok(new ContainerRequest.Listed(List.copyOf(containers.values())));
      case ContainerRequest.Inspect inspect -> find(inspect.reference());
      case ContainerRequest.Start start -> find(start.reference()).map(_ -> new Done());
      case ContainerRequest.Remove remove ->
          find(remove.reference())
              .map(found -> {
                containers.remove(found.id());
                return new Done();
              });
      case ContainerRequest.CreateExec exec ->
          find(exec.reference())
              .map(found -> new ContainerRequest.Created(found.id().replace('0', 'e'), List.of()));
      case ContainerRequest.InspectExec exec ->
          Outcome.failed(new Failure.NotFound("No such exec instance: " + exec.exec()));
      case ContainerRequest.Prune _ -> Outcome.ok(new ContainerRequest.Pruned(List.of(name), 1));
      case ContainerRequest<?> other ->
          Outcome.failed(new Failure.NotImplemented(other.toString()));
    };
  }

  private Outcome<ContainerRequest.Created> create(ContainerRequest.Create create) {
    if (refusesCreate.isPresent()) {
      return Outcome.failed(refusesCreate.get());
    }
    if (!images.containsKey(create.spec().image())) {
      return Outcome.failed(Failure.noSuchImage(create.spec().image()));
    }
    String id = (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
    String called = create.name() == null ? "made-up-" + id.substring(0, 6) : create.name();
    containers.put(id, Samples.container(id, called, create.spec(), new Lifecycle.Created()));
    return Outcome.ok(new ContainerRequest.Created(id, List.of()));
  }

  private Outcome<Container> find(String reference) {
    var hits =
        containers.values().stream()
            .filter(c ->
                c.id().equals(reference)
                    || c.name().equals(reference)
                    || c.id().startsWith(reference))
            .toList();
    return switch (hits.size()) {
      case 0 -> Outcome.failed(Failure.noSuchContainer(reference));
      case 1 -> Outcome.ok(hits.getFirst());
      default ->
          Outcome.failed(
              new Failure.Invalid("Multiple IDs found with provided prefix: " + reference));
    };
  }

  @Override
  public <R> CompletionStage<Outcome<R>> images(ImageRequest<R> request) {
    return later(
        request,
        () ->
            switch (request) {
              case ImageRequest.Find _ ->
                  Outcome.ok(new ImageRequest.Listed(List.copyOf(images.values())));
              case ImageRequest.Inspect inspect ->
                  Optional.ofNullable(images.get(inspect.reference()))
                      .<Outcome<?>>map(Outcome::ok)
                      .orElse(Outcome.failed(Failure.noSuchImage(inspect.reference())));
              case ImageRequest.Remove remove -> {
                images.remove(remove.reference());
                yield Outcome.ok(
                    new ImageRequest.Removed(
                        List.of(new ImageRequest.Removed.Step(remove.reference(), "")), 1));
              }
              case ImageRequest<?> other ->
                  Outcome.failed(new Failure.NotImplemented(other.toString()));
            });
  }

  @Override
  public <R> CompletionStage<Outcome<R>> networks(NetworkRequest<R> request) {
    return later(
        request,
        () ->
            switch (request) {
              case NetworkRequest.Find _ ->
                  Outcome.ok(new NetworkRequest.Listed(List.copyOf(networks.values())));
              case NetworkRequest.Inspect inspect -> network(inspect.reference());
              case NetworkRequest.Create create -> {
                var made = Samples.network(name + "-" + create.name(), create.name());
                networks.put(made.id(), made);
                yield Outcome.ok(made);
              }
              case NetworkRequest.Remove remove ->
                  network(remove.reference())
                      .map(found -> {
                        networks.remove(found.id());
                        return new Done();
                      });
              case NetworkRequest<?> other ->
                  Outcome.failed(new Failure.NotImplemented(other.toString()));
            });
  }

  private Outcome<NetworkRequest.Network> network(String reference) {
    return networks.values().stream()
        .filter(n -> n.id().equals(reference) || n.name().equals(reference))
        .findFirst()
        .map(Outcome::ok)
        .orElse(Outcome.failed(new Failure.NotFound("network " + reference + " not found")));
  }

  @Override
  public <R> CompletionStage<Outcome<R>> volumes(VolumeRequest<R> request) {
    return later(
        request,
        () ->
            switch (request) {
              case VolumeRequest.Find _ ->
                  Outcome.ok(new VolumeRequest.Listed(List.copyOf(volumes.values())));
              case VolumeRequest.Inspect inspect ->
                  Optional.ofNullable(volumes.get(inspect.name()))
                      .<Outcome<?>>map(Outcome::ok)
                      .orElse(
                          Outcome.failed(
                              new Failure.NotFound("get " + inspect.name() + ": no such volume")));
              case VolumeRequest.Create create -> {
                var made = Samples.volume(create.name());
                volumes.put(create.name(), made);
                yield Outcome.ok(made);
              }
              case VolumeRequest<?> other ->
                  Outcome.failed(new Failure.NotImplemented(other.toString()));
            });
  }

  @Override
  public <R> CompletionStage<Outcome<R>> host(HostRequest<R> request) {
    return later(
        request,
        () ->
            switch (request) {
              case HostRequest.Facts _ -> Outcome.ok(Samples.facts(name, containers.size()));
              case HostRequest.BuildCaches _ -> Outcome.ok(new HostRequest.Cached(List.of()));
            });
  }

  private <R> CompletionStage<Outcome<R>> later(Request<R> request, Supplier<Outcome<?>> answer) {
    return gate.thenApply(_ -> answer.get().map(request.reply()::cast));
  }

  @Override
  public ContainerStreams containerStreams() {
    throw new UnsupportedOperationException("bytes do not travel through the cluster");
  }

  @Override
  public ImageStreams imageStreams() {
    throw new UnsupportedOperationException("bytes do not travel through the cluster");
  }

  @Override
  public EventStreams eventStreams() {
    throw new UnsupportedOperationException("bytes do not travel through the cluster");
  }

  @Override
  public BuildStreams buildStreams() {
    throw new UnsupportedOperationException("bytes do not travel through the cluster");
  }

  @Override
  public VolumeStreams volumeStreams() {
    throw new UnsupportedOperationException("bytes do not travel through the cluster");
  }

  /** When it was made, for those that need an order. */
  static final Instant BIRTH = Instant.parse("2026-11-21T12:00:00Z");
}
