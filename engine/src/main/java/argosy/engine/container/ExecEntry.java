package argosy.engine.container;

import argosy.engine.container.ContainerRequest.ExecSpec;
import argosy.engine.container.ContainerStreams.Attached;
import argosy.engine.container.ContainerStreams.Output;
import argosy.engine.container.stream.Client;
import argosy.engine.container.stream.DetachKeys;
import argosy.engine.protocol.Ask;
import argosy.engine.runtime.ContainerRuntime.ExecProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/** One further process as {@link Execs} knows it. */
final class ExecEntry {
  final ExecSpec spec;

  /** Completes when its exit code is known, with its last words: why it never ran, or none. */
  final CompletableFuture<Source<Output, NotUsed>> over = new CompletableFuture<>();

  final List<Resizing> resizes = new ArrayList<>();
  boolean started;
  boolean running;
  @Nullable Integer exitCode;
  @Nullable ExecProcess process;
  StreamOrder.@Nullable RunExec order;
  @Nullable Client client;

  ExecEntry(ExecSpec spec) {
    this.spec = spec;
  }

  /** What Docker calls running: from the moment somebody starts it, a process or not yet. */
  boolean underWay() {
    return started && exitCode == null;
  }

  /** A terminal's new size, told while its process was being started. */
  record Resizing(Ask<ContainerRequest<?>> ask, ContainerRequest.ResizeExec order) {}

  /** The streams of whoever started it; empty when nobody stayed. */
  Attached attached() {
    if (client == null) {
      return new Attached(spec.tty(), Source.empty(), Sink.ignore());
    }
    var attached = client.attached(DetachKeys.ofExec(spec.detachKeys()));
    return new Attached(attached.tty(), attached.output().concatLazy(known()), attached.input());
  }

  /**
   * Clients ask for the exit code when the output ends, so it ends no sooner than that is known.
   */
  private Source<Output, ?> known() {
    var detached = Objects.requireNonNull(client).detached();
    return Source.completionStageSource(
        over.applyToEither(detached.thenApply(_ -> Source.<Output>empty()), words -> words));
  }
}
