package argosy.engine.build;

import argosy.engine.container.ContainerRequest;
import argosy.engine.container.ContainerStreams;
import argosy.engine.failure.Outcome;
import java.util.concurrent.CompletionStage;

/** The way to this host's containers: a RUN step is an ordinary one of them. */
public interface ContainerDoor {
  <R> CompletionStage<Outcome<R>> ask(ContainerRequest<R> request);

  ContainerStreams streams();
}
