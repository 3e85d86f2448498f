package argosy.cluster.whole;

import argosy.engine.container.ContainerRequest;

/** A request about one container, with the reference that its node knows. */
final class Aimed {
  private Aimed() {}

  /** The same request with another reference; the same class, so the cast is safe. */
  @SuppressWarnings("unchecked")
  static <R> ContainerRequest<R> at(ContainerRequest<R> request, String reference) {
    return (ContainerRequest<R>) aim(request, reference);
  }

  private static ContainerRequest<?> aim(ContainerRequest<?> request, String at) {
    return switch (request) {
      case ContainerRequest.Inspect r -> new ContainerRequest.Inspect(at, r.size());
      case ContainerRequest.Start _ -> new ContainerRequest.Start(at);
      case ContainerRequest.Stop r -> new ContainerRequest.Stop(at, r.signal(), r.timeout());
      case ContainerRequest.Restart r -> new ContainerRequest.Restart(at, r.signal(), r.timeout());
      case ContainerRequest.Kill r -> new ContainerRequest.Kill(at, r.signal());
      case ContainerRequest.Pause _ -> new ContainerRequest.Pause(at);
      case ContainerRequest.Unpause _ -> new ContainerRequest.Unpause(at);
      case ContainerRequest.Rename r -> new ContainerRequest.Rename(at, r.name());
      case ContainerRequest.Remove r -> new ContainerRequest.Remove(at, r.force(), r.volumes());
      case ContainerRequest.Resize r -> new ContainerRequest.Resize(at, r.height(), r.width());
      case ContainerRequest.Update r -> new ContainerRequest.Update(at, r.resources(), r.restart());
      case ContainerRequest.Publish r -> new ContainerRequest.Publish(at, r.add(), r.remove());
      case ContainerRequest.Top r -> new ContainerRequest.Top(at, r.psArguments());
      case ContainerRequest.Changes _ -> new ContainerRequest.Changes(at);
      case ContainerRequest.Commit r ->
          new ContainerRequest.Commit(
              at,
              r.repository(),
              r.tag(),
              r.author(),
              r.comment(),
              r.changes(),
              r.pause(),
              r.config());
      case ContainerRequest.CreateExec r -> new ContainerRequest.CreateExec(at, r.spec());
      case ContainerRequest.Create r -> r;
      case ContainerRequest.Find r -> r;
      case ContainerRequest.Prune r -> r;
      case ContainerRequest.InspectExec r -> r;
      case ContainerRequest.ResizeExec r -> r;
    };
  }
}
