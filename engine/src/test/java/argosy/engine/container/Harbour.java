package argosy.engine.container;

import static org.junit.jupiter.api.Assertions.assertEquals;

import argosy.engine.container.admission.Site;
import argosy.engine.container.admission.Sites;
import argosy.engine.disk.RootFilesystems;
import argosy.engine.event.Event;
import argosy.engine.event.Events;
import argosy.engine.failure.Done;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.image.Image;
import argosy.engine.image.ImageConfig;
import argosy.engine.image.ImageUse;
import argosy.engine.image.Images;
import argosy.engine.network.Attachment;
import argosy.engine.network.Networks;
import argosy.engine.network.Sandbox;
import argosy.engine.protocol.Ask;
import argosy.engine.runtime.ContainerRuntime;
import argosy.engine.spec.ContainerSpec;
import argosy.engine.volume.VolumeRequest.Volume;
import argosy.engine.volume.VolumeUse;
import argosy.engine.volume.Volumes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The registry among fakes of everything around it, in a directory of a test. */
public final class Harbour implements AutoCloseable {
  /** The chain id of the only layer there is. */
  public static final String LAYER = "sha256:" + "ab".repeat(32);

  public final FakeRuntime runtime;
  public final FakeRoots roots;
  public final ActorTestKit kit;
  public final List<Event> events = new CopyOnWriteArrayList<>();
  public final Set<String> joined = ConcurrentHashMap.newKeySet();
  public final Set<String> images = ConcurrentHashMap.newKeySet();
  public final List<String> adopted = new CopyOnWriteArrayList<>();
  public volatile boolean portTaken;
  public volatile Instant now = Instant.parse("2026-11-21T12:00:00Z");
  private final boolean namespaces;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  public final ActorRef<Containers.Command> containers;
  public final ActorRef<Volumes.Command> volumes;
  public final ContainerStreams streams;
  public final Surroundings around;

  public Harbour(Path directory) {
    this(directory, new FakeRuntime(), new FakeRoots(directory.resolve("roots")));
  }

  /** As after a restart of the daemon: the runtime and the disk go on. */
  public Harbour(Path directory, FakeRuntime runtime, FakeRoots roots) {
    this(
        directory,
        new Drivers(runtime, roots, new FakeBlueprints()),
        runtime,
        roots,
        ActorTestKit.create(ManualTime.config()),
        false);
  }

  /** As after a restart of the daemon, and the volumes are real ones. */
  static Harbour withVolumes(Path directory, FakeRuntime runtime) {
    var roots = new FakeRoots(directory.resolve("roots"));
    return new Harbour(
        directory,
        new Drivers(runtime, roots, new FakeBlueprints()),
        runtime,
        roots,
        ActorTestKit.create(),
        true);
  }

  /** What touches the host. */
  public record Drivers(ContainerRuntime runtime, RootFilesystems roots, Blueprints blueprints) {}

  /** On real drivers and in real time; what else there is stays fake. */
  public static Harbour real(Path directory, Drivers drivers) {
    return new Harbour(
        directory,
        drivers,
        new FakeRuntime(),
        new FakeRoots(directory.resolve("unused")),
        ActorTestKit.create(),
        false);
  }

  private Harbour(
      Path directory,
      Drivers drivers,
      FakeRuntime runtime,
      FakeRoots roots,
      ActorTestKit kit,
      boolean realVolumes) {
    this.runtime = runtime;
    this.roots = roots;
    this.kit = kit;
    this.namespaces = drivers.runtime() == runtime;
    var journal = kit.spawn(events());
    this.volumes =
        kit.spawn(
            realVolumes
                ? Volumes.create(directory.resolve("volumes"), journal, threads)
                : fakeVolumes());
    var neighbours =
        new Surroundings.Neighbours(kit.spawn(images()), kit.spawn(networks()), volumes, journal);
    this.around =
        new Surroundings(
            directory,
            Duration.ofSeconds(10),
            drivers.runtime(),
            drivers.roots(),
            drivers.blueprints(),
            neighbours,
            threads,
            namespaces ? () -> now : InstantSource.system(),
            new Random());
    this.containers = kit.spawn(Containers.create(around));
    this.streams = Containers.streams(containers, kit.system());
  }

  /** Time of the fakes' world, which passes when a test says so. */
  public ManualTime time() {
    return ManualTime.get(kit.system());
  }

  private static final class FakeBlueprints implements Blueprints {
    @Override
    public Site site(ContainerRuntime.Runtimes runtimes) {
      return Sites.of(runtimes);
    }

    @Override
    public byte[] config(Building building) {
      return new byte[0];
    }

    @Override
    public byte[] process(
        ContainerSpec spec, Path rootfs, String hostname, ContainerRequest.ExecSpec exec) {
      return new byte[0];
    }
  }

  private Behavior<Images.Command> images() {
    return Behaviors.receiveMessage(command -> {
      switch (command) {
        case ImageUse.Retain(var container, var reference, var replyTo) -> {
          if (reference.equals("nope")) {
            replyTo.tell(Outcome.failed(Failure.noSuchImage("nope:latest")));
          } else {
            images.add(container);
            replyTo.tell(Outcome.ok(image()));
          }
        }
        case ImageUse.Release(var container, var replyTo) -> {
          images.remove(container);
          replyTo.tell(Outcome.ok(new Done()));
        }
        case Images.Command _ -> {}
      }
      return Behaviors.same();
    });
  }

  public static Image image() {
    return new Image(
        "sha256:1234",
        List.of("busybox:latest"),
        List.of(),
        List.of(LAYER),
        List.of(),
        ImageConfig.EMPTY,
        null,
        "",
        "amd64",
        "linux",
        null,
        "",
        null,
        100,
        List.of());
  }

  private Behavior<Networks.Command> networks() {
    return Behaviors.receiveMessage(command -> {
      switch (command) {
        case Attachment.Join(var container, var _, var _, var _, var replyTo) -> {
          if (portTaken) {
            replyTo.tell(Outcome.failed(new Failure.Internal("port is already allocated")));
          } else {
            joined.add(container);
            replyTo.tell(
                Outcome.ok(
                    new Sandbox(
                        container,
                        namespaces ? "/run/ns/" + container : "",
                        List.of(),
                        List.of(),
                        List.of())));
          }
        }
        case Attachment.Leave(var container, var replyTo) -> {
          joined.remove(container);
          replyTo.tell(Outcome.ok(new Done()));
        }
        case Attachment.Adopt(var running, var _, var replyTo) -> {
          running.forEach(sandbox -> adopted.add(sandbox.container()));
          replyTo.tell(Outcome.ok(new Done()));
        }
        case Attachment.Rename(var _, var spec, var replyTo) ->
            replyTo.tell(Outcome.ok(new Attachment.Rewired(spec, null)));
        case Networks.Command _ -> {}
      }
      return Behaviors.same();
    });
  }

  private static Behavior<Volumes.Command> fakeVolumes() {
    return Behaviors.receiveMessage(command -> {
      switch (command) {
        case VolumeUse.Acquire(var _, var wanted, var unnamed, var replyTo) ->
            replyTo.tell(
                Outcome.ok(
                    new Volume(
                        wanted.name().isEmpty() ? unnamed : wanted.name(),
                        "local",
                        "/nowhere/_data",
                        Instant.EPOCH,
                        Map.of(),
                        Map.of(),
                        wanted.name().isEmpty())));
        case VolumeUse.Release(var _, var _, var replyTo) -> replyTo.tell(Outcome.ok(new Done()));
        case VolumeUse.Mount mount -> mount.replyTo().tell(Outcome.ok(new Done()));
        case VolumeUse.Unmount(var _, var replyTo) -> replyTo.tell(Outcome.ok(new Done()));
        case VolumeUse.Settle(var _, var replyTo) -> replyTo.tell(Outcome.ok(new Done()));
        case Volumes.Command _ -> {}
      }
      return Behaviors.same();
    });
  }

  private Behavior<Events.Command> events() {
    return Behaviors.receiveMessage(command -> {
      if (command instanceof Events.Publish(var event)) {
        events.add(event);
      }
      return Behaviors.same();
    });
  }

  /** The events were these; the journal hears of them a little after the answers. */
  public void saw(List<String> actions) {
    until(actions + ", not " + actions(), () -> actions().size() >= actions.size());
    assertEquals(actions, actions());
  }

  /** The actions of the events so far. */
  public List<String> actions() {
    return events.stream().map(Event::action).toList();
  }

  public <R> Outcome<R> ask(ContainerRequest<R> request) {
    CompletionStage<Outcome<Object>> answer = send(request);
    return get(answer).map(request.reply()::cast);
  }

  /** Asks and does not wait. */
  public CompletionStage<Outcome<Object>> send(ContainerRequest<?> request) {
    return AskPattern.ask(
        containers,
        (ActorRef<Outcome<Object>> replyTo) -> new Containers.Asked(new Ask<>(request, replyTo)),
        Duration.ofSeconds(60),
        kit.system().scheduler());
  }

  public <R> R good(ContainerRequest<R> request) {
    return good(ask(request));
  }

  public static <R> R good(Outcome<R> outcome) {
    return switch (outcome) {
      case Outcome.Ok<R>(var value) -> value;
      case Outcome.Failed<R>(var failure) -> throw new AssertionError(failure);
    };
  }

  public Failure bad(ContainerRequest<?> request) {
    return switch (ask(request)) {
      case Outcome.Ok<?>(var value) -> throw new AssertionError("succeeded: " + value);
      case Outcome.Failed<?>(var failure) -> failure;
    };
  }

  public static <T> T get(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  public String create(String name, ContainerSpec spec) {
    return good(new ContainerRequest.Create(name, spec)).id();
  }

  public String run(String name, ContainerSpec spec) {
    String id = create(name, spec);
    good(new ContainerRequest.Start(name));
    return id;
  }

  public Container inspect(String reference) {
    return good(new ContainerRequest.Inspect(reference, false));
  }

  /** Waits until something is so, which other threads bring about. */
  public static void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not so within 20 s: " + what);
      }
      java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
    }
  }

  /** Leaves all as it is, threads that stand still for ever included. */
  void abandon() {
    kit.shutdownTestKit();
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
    // whoever still asks an actor that is gone would wait for ever: the tests' time stands still
    threads.shutdownNow();
    try {
      var _ = threads.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
