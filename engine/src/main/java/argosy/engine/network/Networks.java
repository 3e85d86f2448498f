package argosy.engine.network;

import argosy.engine.EngineConfig;
import argosy.engine.dns.NameBook;
import argosy.engine.dns.NameServer;
import argosy.engine.dns.NameService;
import argosy.engine.event.Event;
import argosy.engine.event.Events;
import argosy.engine.failure.Done;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.netlink.KernelWiring;
import argosy.engine.netlink.Wiring;
import argosy.engine.network.NetworkRequest.Network;
import argosy.engine.protocol.Ask;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * The registry of this host's networks. It waits for {@link Attachment.Adopt} before it changes
 * anything: until then it does not know which addresses are in use.
 */
public final class Networks {
  private static final int WAITING = 10_000;

  /** What it receives. */
  public sealed interface Command permits Asked, Attachment, Loaded, Concluded, Ready, Changed {}

  /** A request of the public protocol. */
  public record Asked(Ask<NetworkRequest<?>> ask) implements Command {}

  record Loaded(Outcome<Start> start) implements Command {}

  record Start(Wiring wiring, NameService names, List<Network> networks, Wiring.PortRange ports) {}

  /** Work on a sandbox ended; {@code owner}: the instance it is of, which may be gone. */
  record Concluded(Object owner, Runnable conclusion) implements Command {}

  /** What ran before is taken over. */
  record Ready() implements Command {}

  /** A network was made or removed, and others waited for it. */
  record Changed(Runnable conclusion) implements Command {}

  private Networks() {}

  /** What it needs of the world; {@code wiring} is opened on the executor. */
  record Surroundings(
      EngineConfig config,
      ActorRef<Events.Command> events,
      Executor executor,
      Supplier<Wiring> wiring,
      Function<NameBook, NameService> names,
      InstantSource clock,
      SecureRandom chance,
      Remembered remembered) {

    /** Unused networks were removed; Docker tells of no bytes here. */
    void publishPrune() {
      var reclaimed = Map.of("reclaimed", "0");
      events.tell(
          new Events.Publish(new Event("network", "prune", "", reclaimed, clock.instant())));
    }

    /** As {@link Turn#publish}. */
    void publish(String action, Network network, String container) {
      var attributes = new HashMap<String, String>();
      attributes.put("name", network.name());
      attributes.put("type", network.driver());
      if (!container.isEmpty()) {
        attributes.put("container", container);
      }
      events.tell(
          new Events.Publish(
              new Event("network", action, network.id(), attributes, clock.instant())));
    }
  }

  /**
   * {@code executor}: where the kernel and the disk are touched; its threads are in the network
   * namespace that the networks are to live in.
   */
  public static Behavior<Command> create(
      EngineConfig config, ActorRef<Events.Command> events, Executor executor) {
    return create(
        new Surroundings(
            config,
            events,
            executor,
            KernelWiring.opening(config.execRoot().resolve("netns")),
            book ->
                NameServer.start(
                    book, config.dns(), () -> ResolvConf.servers(HostResolver.lines())),
            InstantSource.system(),
            new SecureRandom(),
            new Remembered()));
  }

  static Behavior<Command> create(Surroundings around) {
    return Behaviors.setup(context ->
        Behaviors.withStash(
            WAITING,
            waiting -> {
              load(context, around);
              return Behaviors.withTimers(timers ->
                  Behaviors.receiveMessage(
                      command -> loading(command, context, timers, waiting, around)));
            }));
  }

  private static void load(ActorContext<Command> context, Surroundings around) {
    context.pipeToSelf(
        CompletableFuture.supplyAsync(() -> start(around), around.executor()),
        (start, failed) -> new Loaded(failed == null ? Outcome.ok(start) : Outcome.failed(failed)));
  }

  private static Start start(Surroundings around) {
    Wiring wiring = around.wiring().get();
    try {
      var store = new NetworkStore(around.config());
      var networks = store.load(wiring, around.clock().instant(), around.chance());
      var ports = wiring.ephemeralPorts();
      var names = around.names().apply(around.remembered().names());
      return new Start(wiring, names, networks, ports);
    } catch (RuntimeException e) {
      wiring.close();
      throw e;
    }
  }

  private static Behavior<Command> loading(
      Command command,
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      StashBuffer<Command> waiting,
      Surroundings around) {
    return switch (command) {
      case Loaded(Outcome.Ok<Start>(var start)) ->
          waiting.unstashAll(new NetworksActor(context, timers, waiting, around, start).starting());
      case Loaded(Outcome.Failed<Start>(var failure)) -> {
        context.getLog().error("no networks: {}", failure.message());
        yield waiting.unstashAll(Behaviors.receiveMessage(later -> broken(later, failure)));
      }
      case Asked _, Attachment _, Concluded _, Ready _, Changed _ -> {
        waiting.stash(command);
        yield Behaviors.same();
      }
    };
  }

  /** Nothing can be done on this host; everybody is told why. */
  private static Behavior<Command> broken(Command command, Failure why) {
    var failure = new Failure.Unavailable("networks do not work on this host: " + why.message());
    switch (command) {
      case Asked(var ask) -> ask.fail(failure);
      case Attachment.Join join -> join.replyTo().tell(Outcome.failed(failure));
      case Attachment.Leave leave -> leave.replyTo().tell(Outcome.ok(new Done()));
      case Attachment.Connect connect -> connect.replyTo().tell(Outcome.failed(failure));
      case Attachment.Disconnect disconnect -> disconnect.replyTo().tell(Outcome.failed(failure));
      case Attachment.Publish publish -> publish.replyTo().tell(Outcome.failed(failure));
      case Attachment.Rename rename -> rename.replyTo().tell(Outcome.failed(failure));
      case Attachment.Adopt adopt -> adopt.replyTo().tell(Outcome.failed(failure));
      case Loaded _, Concluded _, Ready _, Changed _ -> {}
    }
    return Behaviors.same();
  }

  /** True for what changes nothing. */
  static boolean isQuestion(NetworkRequest<?> request) {
    return switch (request) {
      case NetworkRequest.Find _, NetworkRequest.Inspect _ -> true;
      case NetworkRequest.Create _,
          NetworkRequest.Remove _,
          NetworkRequest.Connect _,
          NetworkRequest.Disconnect _,
          NetworkRequest.Prune _ ->
          false;
    };
  }
}
