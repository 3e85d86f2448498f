package argosy.engine.build;

import argosy.engine.disk.RootFilesystems;
import argosy.engine.image.ImageSession;
import argosy.engine.image.ImageStreams;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * What builds work with.
 *
 * @param directory where contexts are unpacked
 * @param caches of RUN --mount=type=cache
 * @param blocking where a build's thread runs: virtual threads
 */
public record BuildTools(
    ContainerDoor containers,
    ImageStreams images,
    Supplier<ImageSession> sessions,
    RootFilesystems roots,
    Path directory,
    Caches caches,
    Executor blocking,
    ActorSystem<?> system) {}
