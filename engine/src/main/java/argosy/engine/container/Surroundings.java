package argosy.engine.container;

import argosy.engine.disk.RootFilesystems;
import argosy.engine.event.Events;
import argosy.engine.image.Images;
import argosy.engine.network.Networks;
import argosy.engine.runtime.ContainerRuntime;
import argosy.engine.volume.Volumes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * All that containers need of the rest of the engine.
 *
 * @param dataRoot the engine's data root; containers live in {@code containers/} below it
 * @param stopTimeout between a stop's signal and SIGKILL when nobody says
 * @param blocking where blocking calls run: an executor of virtual threads
 * @param random for ids and made-up names
 */
public record Surroundings(
    Path dataRoot,
    Duration stopTimeout,
    ContainerRuntime runtime,
    RootFilesystems roots,
    Blueprints blueprints,
    Neighbours neighbours,
    Executor blocking,
    InstantSource clock,
    RandomGenerator random) {

  /** The other nouns' actors. */
  public record Neighbours(
      ActorRef<Images.Command> images,
      ActorRef<Networks.Command> networks,
      ActorRef<Volumes.Command> volumes,
      ActorRef<Events.Command> events) {}

  /** The directory with one directory for each container. */
  public Path containers() {
    return dataRoot.resolve("containers");
  }

  /** Where a container's output is stored. */
  Path log(ContainerRecord record) {
    return record.spec().log().driver().equals("none")
        ? Path.of("/dev/null")
        : containers().resolve(record.id()).resolve("container.log");
  }
}
