package argosy.cluster.gateway;

import argosy.cluster.wire.Codec;
import argosy.engine.Engine;
import argosy.engine.HostRequest;
import argosy.engine.container.ContainerRequest;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.image.ImageRequest;
import argosy.engine.network.NetworkRequest;
import argosy.engine.protocol.Request;
import argosy.engine.volume.VolumeRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;

/** The engine of another node, spoken to through its gateway. */
public final class RemoteEngine implements Engine {
  /** The caller counts patience; this is for the instant when it is being stopped. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final String name;
  private final String address;
  private final ActorRef<Caller.Command> caller;

  /** {@code address}: the node's actor system, {@code pekko://…}; {@code name} for sentences. */
  public RemoteEngine(String name, String address, ActorRef<Caller.Command> caller) {
    this.name = name;
    this.address = address;
    this.caller = caller;
  }

  @Override
  public <R> CompletionStage<Outcome<R>> containers(ContainerRequest<R> request) {
    return ask(request);
  }

  @Override
  public <R> CompletionStage<Outcome<R>> images(ImageRequest<R> request) {
    return ask(request);
  }

  @Override
  public <R> CompletionStage<Outcome<R>> networks(NetworkRequest<R> request) {
    return ask(request);
  }

  @Override
  public <R> CompletionStage<Outcome<R>> volumes(VolumeRequest<R> request) {
    return ask(request);
  }

  @Override
  public <R> CompletionStage<Outcome<R>> host(HostRequest<R> request) {
    return ask(request);
  }

  private <R> CompletionStage<Outcome<R>> ask(Request<R> request) {
    var answer = new CompletableFuture<Outcome<byte[]>>();
    Duration patience = request.patience();
    caller.tell(
        new Caller.Ask(
            name, address, Codec.name(request), Codec.encode(request), patience, answer));
    return answer
        .completeOnTimeout(silent(), patience.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(outcome -> outcome.then(bytes -> Codec.decode(bytes, request.reply())));
  }

  private Outcome<byte[]> silent() {
    return Outcome.failed(new Failure.Unavailable("node " + name + " does not answer"));
  }
}
