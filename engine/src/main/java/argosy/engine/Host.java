package argosy.engine;

import argosy.engine.container.Containers;
import argosy.engine.container.OciBlueprints;
import argosy.engine.container.Surroundings;
import argosy.engine.event.Events;
import argosy.engine.event.Journal;
import argosy.engine.image.Images;
import argosy.engine.network.Networks;
import argosy.engine.protocol.StrictBehavior;
import argosy.engine.volume.Volumes;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * The host's guardian: one actor for each noun, each restarted by itself when it fails, so that
 * none takes its siblings with it.
 */
final class Host extends StrictBehavior<Host.Command> {
  /** How many events are kept. */
  private static final Journal.Bounds JOURNAL = new Journal.Bounds(10_000, 8 << 20);

  sealed interface Command {}

  /** The drivers are open: starts the actors that answer for each noun and says who they are. */
  record Begin(Drivers drivers, ActorRef<Parts> replyTo) implements Command {}

  record Parts(
      ActorRef<Containers.Command> containers,
      ActorRef<Images.Command> images,
      ActorRef<Networks.Command> networks,
      ActorRef<Volumes.Command> volumes,
      ActorRef<Events.Command> events) {}

  private final EngineConfig config;

  /** Does nothing until it is told to begin, once. */
  static Behavior<Command> create(EngineConfig config) {
    return Behaviors.setup(context -> new Host(context, config));
  }

  private Host(ActorContext<Command> context, EngineConfig config) {
    super(context);
    this.config = config;
  }

  private Parts begin(Drivers drivers) {
    var context = getContext();
    var journal = config.dataRoot().resolve("events/journal");
    var events =
        context.spawn(
            restarted(
                Behaviors.<Events.Command>setup(
                    _ -> Events.create(Journal.open(journal, JOURNAL)))),
            "events");
    var images =
        context.spawn(
            restarted(Images.create(config.images(), events, drivers.blocking())), "images");
    var networks =
        context.spawn(restarted(Networks.create(config, events, drivers.blocking())), "networks");
    var volumes =
        context.spawn(
            restarted(
                Volumes.create(config.dataRoot().resolve("volumes"), events, drivers.blocking())),
            "volumes");
    var around =
        new Surroundings(
            config.dataRoot(),
            config.stopTimeout(),
            drivers.runtime(),
            drivers.roots(),
            new OciBlueprints(),
            new Surroundings.Neighbours(images, networks, volumes, events),
            drivers.blocking(),
            InstantSource.system(),
            drivers.random());
    var containers = context.spawn(restarted(Containers.create(around)), "containers");
    return new Parts(containers, images, networks, volumes, events);
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Begin(var drivers, var replyTo) -> replyTo.tell(begin(drivers));
    }
    return Behaviors.same();
  }

  private static <T> Behavior<T> restarted(Behavior<T> behavior) {
    return Behaviors.supervise(behavior)
        .onFailure(
            SupervisorStrategy.restartWithBackoff(
                Duration.ofMillis(100), Duration.ofSeconds(10), 0.1));
  }
}
