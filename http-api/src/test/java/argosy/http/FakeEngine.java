package argosy.http;

import argosy.cluster.Cluster;
import argosy.engine.HostRequest;
import argosy.engine.LocalEngine;
import argosy.engine.build.BuildStreams;
import argosy.engine.container.ContainerRequest;
import argosy.engine.container.ContainerStreams;
import argosy.engine.event.EventStreams;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.image.ImageRequest;
import argosy.engine.image.ImageStreams;
import argosy.engine.network.NetworkRequest;
import argosy.engine.protocol.Request;
import argosy.engine.volume.VolumeRequest;
import argosy.engine.volume.VolumeStreams;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** An engine that remembers what it was asked and answers what it was told. */
final class FakeEngine implements LocalEngine {
  final List<Request<?>> asked = new ArrayList<>();
  private final Map<Class<?>, Function<Object, Outcome<?>>> answers = new HashMap<>();

  /** From now on requests of this class are answered so. */
  FakeEngine answering(Class<? extends Request<?>> type, Object value) {
    answers.put(
        type, _ -> value instanceof Failure failure ? Outcome.failed(failure) : Outcome.ok(value));
    return this;
  }

  @SuppressWarnings("unchecked") // a test tells the answer that fits
  private <R> CompletionStage<Outcome<R>> answer(Request<R> request) {
    asked.add(request);
    var answer = answers.get(request.getClass());
    return CompletableFuture.completedFuture(
        answer == null
            ? Outcome.failed(new Failure.Internal("nobody told what to answer to " + request))
            : (Outcome<R>) answer.apply(request));
  }

  @Override
  public <R> CompletionStage<Outcome<R>> containers(ContainerRequest<R> request) {
    return answer(request);
  }

  @Override
  public <R> CompletionStage<Outcome<R>> images(ImageRequest<R> request) {
    return answer(request);
  }

  @Override
  public <R> CompletionStage<Outcome<R>> networks(NetworkRequest<R> request) {
    return answer(request);
  }

  @Override
  public <R> CompletionStage<Outcome<R>> volumes(VolumeRequest<R> request) {
    return answer(request);
  }

  @Override
  public <R> CompletionStage<Outcome<R>> host(HostRequest<R> request) {
    return answer(request);
  }

  ContainerStreams containerStreams = none(ContainerStreams.class);
  ImageStreams imageStreams = none(ImageStreams.class);
  EventStreams eventStreams = none(EventStreams.class);

  @Override
  public ContainerStreams containerStreams() {
    return containerStreams;
  }

  @Override
  public ImageStreams imageStreams() {
    return imageStreams;
  }

  @Override
  public EventStreams eventStreams() {
    return eventStreams;
  }

  @Override
  public BuildStreams buildStreams() {
    return none(BuildStreams.class);
  }

  @Override
  public VolumeStreams volumeStreams() {
    return none(VolumeStreams.class);
  }

  /** A cluster that nobody may ask. */
  static Cluster noCluster() {
    return none(Cluster.class);
  }

  static <T> T none(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, _) -> {
              throw new AssertionError("nobody should call " + method);
            }));
  }
}
