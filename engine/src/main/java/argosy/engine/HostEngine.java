package argosy.engine;

import argosy.engine.HostRequest.Counts;
import argosy.engine.HostRequest.HostFacts;
import argosy.engine.build.BuildStreams;
import argosy.engine.build.BuildTools;
import argosy.engine.build.Builds;
import argosy.engine.build.Caches;
import argosy.engine.build.ContainerDoor;
import argosy.engine.container.Container;
import argosy.engine.container.ContainerRequest;
import argosy.engine.container.ContainerStreams;
import argosy.engine.container.Containers;
import argosy.engine.container.Lifecycle;
import argosy.engine.event.Event;
import argosy.engine.event.EventStreams;
import argosy.engine.event.Events;
import argosy.engine.event.JournalStreams;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.image.ImageRequest;
import argosy.engine.image.ImageStreams;
import argosy.engine.image.Images;
import argosy.engine.network.NetworkRequest;
import argosy.engine.network.Networks;
import argosy.engine.protocol.Ask;
import argosy.engine.protocol.Request;
import argosy.engine.registry.Proxies;
import argosy.engine.volume.VolumeRequest;
import argosy.engine.volume.VolumeStreams;
import argosy.engine.volume.Volumes;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** This host's engine: the local actor system, its actors, and the drivers below them. */
public final class HostEngine implements LocalEngine, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final EngineConfig config;
  private final Drivers drivers;
  private final ActorSystem<Host.Command> system;
  private final Host.Parts parts;
  private final ContainerStreams containerStreams;
  private final ImageStreams imageStreams;
  private final EventStreams eventStreams;
  private final BuildStreams buildStreams;
  private final VolumeStreams volumeStreams;

  /**
   * Opens the drivers (beside the actor system), starts the actors and begins to take back what
   * still runs. Requests are answered when that is done.
   *
   * @param all the whole resolved configuration, for the actor system's own settings
   * @throws argosy.engine.failure.Refused with one sentence, when this host can not run containers
   */
  public static HostEngine start(EngineConfig config, Config all) {
    var opening =
        CompletableFuture.supplyAsync(
            () -> Drivers.open(config), task -> Thread.ofPlatform().name("drivers").start(task));
    var system =
        ActorSystem.create(
            Host.create(config),
            "argosy",
            all.getConfig("argosy.engine.system").withFallback(unserialized(all)));
    try {
      return new HostEngine(config, opened(opening), system);
    } catch (RuntimeException failed) {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().join();
      throw failed;
    }
  }

  /** No message leaves this system, and making the serializers for it takes a fifth of a second. */
  private static Config unserialized(Config all) {
    var none = ConfigValueFactory.fromMap(Map.of());
    return all.withValue("pekko.actor.serializers", none)
        .withValue("pekko.actor.serialization-bindings", none);
  }

  private static Drivers opened(CompletableFuture<Drivers> opening) {
    try {
      return opening.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException why ? why : e;
    }
  }

  private HostEngine(EngineConfig config, Drivers drivers, ActorSystem<Host.Command> system) {
    this.config = config;
    this.drivers = drivers;
    this.system = system;
    this.parts =
        AskPattern.<Host.Command, Host.Parts>ask(
                system, to -> new Host.Begin(drivers, to), PATIENCE, system.scheduler())
            .toCompletableFuture()
            .join();
    this.containerStreams = Containers.streams(parts.containers(), system);
    this.imageStreams = Images.streams(parts.images(), system, drivers.blocking());
    this.eventStreams = new JournalStreams(parts.events(), system, InstantSource.system());
    this.volumeStreams = Volumes.streams(parts.volumes(), system);
    this.buildStreams =
        new Builds(
            buildTools(),
            bytes ->
                parts
                    .events()
                    .tell(
                        new Events.Publish(
                            new Event(
                                "builder",
                                "prune",
                                "",
                                Map.of("reclaimed", Long.toString(bytes)),
                                InstantSource.system().instant()))));
  }

  /** The actor system everything of this host runs in; the HTTP API's streams run there too. */
  public ActorSystem<?> system() {
    return system;
  }

  /** The engine's own id and its name, as other nodes will know it. */
  public String id() {
    return drivers.id();
  }

  public String name() {
    return config.name().isEmpty() ? drivers.machine().hostname() : config.name();
  }

  @Override
  public <R> CompletionStage<Outcome<R>> containers(ContainerRequest<R> request) {
    return ask(parts.containers(), request, to -> new Containers.Asked(new Ask<>(request, to)));
  }

  @Override
  public <R> CompletionStage<Outcome<R>> images(ImageRequest<R> request) {
    return ask(parts.images(), request, to -> new Images.Asked(new Ask<>(request, to)));
  }

  @Override
  public <R> CompletionStage<Outcome<R>> networks(NetworkRequest<R> request) {
    return switch (request) {
      case NetworkRequest.Connect _, NetworkRequest.Disconnect _ ->
          ask(parts.containers(), request, to -> new Containers.Connecting(new Ask<>(request, to)));
      case NetworkRequest<R> other ->
          ask(parts.networks(), other, to -> new Networks.Asked(new Ask<>(other, to)));
    };
  }

  @Override
  public <R> CompletionStage<Outcome<R>> volumes(VolumeRequest<R> request) {
    return ask(parts.volumes(), request, to -> new Volumes.Asked(new Ask<>(request, to)));
  }

  @Override
  public <R> CompletionStage<Outcome<R>> host(HostRequest<R> request) {
    return switch (request) {
      case HostRequest.Facts _ -> facts().thenApply(it -> it.map(request.reply()::cast));
      case HostRequest.BuildCaches _ ->
          buildStreams
              .caches()
              .thenApply(it -> it.map(HostRequest.Cached::new).map(request.reply()::cast));
    };
  }

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
    return buildStreams;
  }

  @Override
  public VolumeStreams volumeStreams() {
    return volumeStreams;
  }

  private BuildTools buildTools() {
    return new BuildTools(
        new ContainerDoor() {
          @Override
          public <R> CompletionStage<Outcome<R>> ask(ContainerRequest<R> request) {
            return containers(request);
          }

          @Override
          public ContainerStreams streams() {
            return containerStreams;
          }
        },
        imageStreams,
        () -> Images.session(parts.images(), system),
        drivers.roots(),
        config.dataRoot().resolve("build").resolve("contexts"),
        new Caches(config.dataRoot().resolve("build").resolve("caches")),
        drivers.blocking(),
        system);
  }

  /** Stops the actors and closes the drivers; containers live on. Blocks until it is done. */
  @Override
  public void close() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
    drivers.close();
  }

  private CompletionStage<Outcome<HostFacts>> facts() {
    return containers(new ContainerRequest.Find(true, 0, false, Map.of()))
        .thenCombine(
            images(new ImageRequest.Find(false, Map.of())),
            (containers, images) ->
                containers.then(some ->
                    images.map(others -> facts(some.containers(), others.images().size()))));
  }

  private HostFacts facts(List<Container> containers, int images) {
    var machine = drivers.machine();
    return new HostFacts(
        id(),
        name(),
        config.labels(),
        machine.cpus(),
        machine.memory(),
        machine.architecture(),
        machine.kernel(),
        machine.operatingSystem(),
        machine.osVersion(),
        machine.cgroupVersion(),
        config.dataRoot().toString(),
        drivers.runtimePaths(),
        drivers.runtime().runtimes().defaultName(),
        config.images().registries().insecure(),
        config.images().registries().mirrors(),
        proxies(config.images().registries().proxies()),
        counts(containers, images),
        config.debug(),
        drivers.warnings());
  }

  private static HostRequest.Proxies proxies(Proxies used) {
    return new HostRequest.Proxies(
        Proxies.shown(used.http()), Proxies.shown(used.https()), used.none());
  }

  private static Counts counts(List<Container> containers, int images) {
    int running = count(containers, it -> isUp(it));
    int paused = count(containers, it -> it instanceof Lifecycle.Paused);
    return new Counts(running, paused, containers.size() - running - paused, images);
  }

  private static boolean isUp(Lifecycle state) {
    return state instanceof Lifecycle.Running || state instanceof Lifecycle.Stopping;
  }

  private static int count(List<Container> containers, Predicate<Lifecycle> which) {
    return (int) containers.stream().map(Container::state).filter(which).count();
  }

  private <M, R> CompletionStage<Outcome<R>> ask(
      ActorRef<M> actor, Request<R> request, Function<ActorRef<Outcome<Object>>, M> message) {
    return AskPattern.<M, Outcome<Object>>ask(
            actor, message::apply, request.patience(), system.scheduler())
        .thenApply(outcome -> outcome.map(request.reply()::cast))
        .exceptionally(_ -> Outcome.failed(silent(request)));
  }

  private static Failure silent(Request<?> request) {
    return new Failure.Unavailable(
        "the engine did not answer %s within %s"
            .formatted(request.getClass().getSimpleName(), request.patience()));
  }
}
