package argosy.engine.container;

import argosy.engine.container.ContainerActor.Command;
import argosy.engine.container.ContainerRequest.Exec;
import argosy.engine.container.ContainerRequest.ExecSpec;
import argosy.engine.container.ContainerStreams.Attached;
import argosy.engine.container.ContainerStreams.Channel;
import argosy.engine.container.ContainerStreams.Output;
import argosy.engine.container.life.Move;
import argosy.engine.container.life.StartFailure;
import argosy.engine.container.naming.Ids;
import argosy.engine.container.stream.Client;
import argosy.engine.container.stream.Company;
import argosy.engine.container.stream.DetachKeys;
import argosy.engine.failure.Done;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import argosy.engine.protocol.Ask;
import argosy.engine.runtime.ContainerRuntime;
import argosy.engine.runtime.ContainerRuntime.ExecPlan;
import argosy.engine.runtime.ContainerRuntime.ExecProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** The further processes of one container: prepared, run, ended, and forgotten after a while. */
final class Execs {
  /** What Docker shows for one that could not be started. */
  private static final int NOT_RUN = 126;

  private static final int KILLED = 137;
  private static final Duration REMEMBERED = Duration.ofMinutes(5);

  private final Standing standing;
  private final TimerScheduler<Command> timers;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private static final class Entry {
    final CompletableFuture<Void> over = new CompletableFuture<>();
    private final ExecSpec spec;
    private boolean started;
    private boolean running;
    private @Nullable Integer exitCode;
    private @Nullable ExecProcess process;
    private StreamOrder.@Nullable RunExec order;
    private @Nullable Client client;

    Entry(ExecSpec spec) {
      this.spec = spec;
    }
  }

  Execs(Standing standing, TimerScheduler<Command> timers) {
    this.standing = standing;
    this.timers = timers;
  }

  void create(Ask<ContainerRequest<?>> ask, ContainerRequest.CreateExec order) {
    check(order.reference());
    if (order.spec().command().isEmpty()) {
      throw new Refused(new Failure.Invalid("No exec command specified"));
    }
    DetachKeys.parse(order.spec().detachKeys());
    String id = Ids.make(standing.around.random());
    entries.put(id, new Entry(order.spec()));
    standing.tell(new ContainersActor.ExecMade(id, standing.id()));
    standing.publish("exec_create: " + line(order.spec()), Map.of("execID", id));
    ask.answer(new ContainerRequest.Created(id, List.of()));
  }

  /** As Docker writes it: the program, a space, its arguments. */
  static String line(List<String> command) {
    return command.getFirst() + " " + String.join(" ", command.subList(1, command.size()));
  }

  private static String line(ExecSpec spec) {
    return line(spec.command());
  }

  private void check(String reference) {
    Move.EXEC
        .refusal(standing.life(), standing.subject(reference))
        .ifPresent(failure -> {
          throw new Refused(failure);
        });
  }

  private Entry entry(String id) {
    Entry entry = entries.get(id);
    if (entry == null) {
      throw new Refused(new Failure.NotFound("No such exec instance: " + id));
    }
    return entry;
  }

  void inspect(Ask<ContainerRequest<?>> ask, ContainerRequest.InspectExec order) {
    Entry entry = entry(order.exec());
    int pid = entry.running && entry.process != null ? entry.process.pid() : 0;
    ask.answer(
        new Exec(order.exec(), standing.id(), entry.spec, entry.running, entry.exitCode, pid));
  }

  void resize(Ask<ContainerRequest<?>> ask, ContainerRequest.ResizeExec order) {
    ExecProcess process = entry(order.exec()).process;
    if (process == null || !entry(order.exec()).running) {
      throw new Refused(new Failure.Conflict("exec " + order.exec() + " is not running"));
    }
    standing.work(
        () -> {
          process.resize(order.height(), order.width());
          return new Done();
        },
        outcome -> new ContainerActor.Answer(ask, outcome));
  }

  void start(StreamOrder.RunExec order) {
    Entry entry = entry(order.exec());
    if (entry.started) {
      String what = entry.running ? " is already running" : " has already run";
      throw new Refused(new Failure.Conflict("Error: Exec command " + order.exec() + what));
    }
    check(standing.id());
    entry.started = true;
    entry.order = order;
    standing.publish("exec_start: " + line(entry.spec), Map.of("execID", order.exec()));
    entry.client = order.start().detach() ? null : client(order.exec(), entry.spec);
    Client client = entry.client;
    standing.work(
        () -> run(order, entry.spec, client),
        outcome -> new ContainerActor.ExecUp(order.exec(), outcome));
  }

  private Client client(String id, ExecSpec spec) {
    var wants = new Client.Wants(spec.stdin(), spec.stdout(), spec.stderr(), true);
    var client = new Client(wants, spec.tty(), new Company(), standing.around.blocking());
    var self = standing.context.getSelf();
    var _ = client.detached().thenRun(() -> self.tell(new ContainerActor.Detached(id)));
    return client;
  }

  private ExecProcess run(StreamOrder.RunExec order, ExecSpec spec, @Nullable Client client) {
    var record = standing.record();
    var around = standing.around;
    Path root = around.roots().locations(record.id(), record.layers()).merged();
    byte[] process =
        around.blueprints().process(record.spec(), root, record.spec().identity().hostname(), spec);
    var plan =
        new ExecPlan(
            record.id(),
            order.exec(),
            process,
            spec.tty(),
            spec.stdin(),
            order.start().height(),
            order.start().width());
    if (client == null) {
      return around.runtime().exec(plan, null);
    }
    var made = new AtomicReference<ExecProcess>();
    client.connect(listener -> {
      ExecProcess started = around.runtime().exec(plan, listener);
      made.set(started);
      return Objects.requireNonNull(started.console());
    });
    return Objects.requireNonNull(made.get());
  }

  /** It runs, or could not be made to. */
  void up(String id, Outcome<ExecProcess> outcome) {
    Entry entry = entries.get(id);
    if (entry == null || entry.order == null) {
      return;
    }
    var replyTo = entry.order.replyTo();
    switch (outcome) {
      case Outcome.Ok<ExecProcess>(var process) -> {
        entry.process = process;
        entry.running = true;
        var self = standing.context.getSelf();
        process.onExit(exit -> self.tell(new ContainerActor.ExecEnded(id, exit)));
        show();
        replyTo.tell(Outcome.ok(attached(entry)));
      }
      case Outcome.Failed<ExecProcess>(var failure) -> {
        entry.exitCode = NOT_RUN;
        forgetLater(id);
        String text = StartFailure.ofExec(new Refused(failure));
        if (entry.client == null) {
          replyTo.tell(Outcome.failed(new Failure.Invalid(text.strip())));
        } else {
          entry.client.end();
          var said = new Output(Channel.STDOUT, ByteString.fromString(text));
          replyTo.tell(
              Outcome.ok(new Attached(entry.spec.tty(), Source.single(said), Sink.ignore())));
        }
      }
    }
  }

  private static Attached attached(Entry entry) {
    if (entry.client == null) {
      return new Attached(entry.spec.tty(), Source.empty(), Sink.ignore());
    }
    var attached = entry.client.attached(DetachKeys.parse(entry.spec.detachKeys()));
    return new Attached(
        attached.tty(), attached.output().concatLazy(known(entry)), attached.input());
  }

  /**
   * Clients ask for the exit code when the output ends, so it ends no sooner than that is known.
   */
  private static Source<Output, ?> known(Entry entry) {
    var gone = Objects.requireNonNull(entry.client).detached();
    return Source.completionStageSource(
        entry.over.applyToEither(gone, _ -> Source.<Output>empty()));
  }

  void ended(String id, ContainerRuntime.Exit exit) {
    Entry entry = entries.get(id);
    if (entry != null && entry.running) {
      end(id, entry, exit.code());
      show();
    }
  }

  private void end(String id, Entry entry, int code) {
    entry.running = false;
    entry.exitCode = code;
    entry.over.complete(null);
    if (entry.client != null) {
      entry.client.end();
    }
    standing.publish("exec_die", Map.of("execID", id, "exitCode", Integer.toString(code)));
    forgetLater(id);
  }

  /** The container's run is over, and theirs with it. */
  void over() {
    entries.forEach((id, entry) -> {
      if (entry.running) {
        end(id, entry, KILLED);
      }
    });
    show();
  }

  private void show() {
    standing.running(
        entries.entrySet().stream()
            .filter(entry -> entry.getValue().running)
            .map(Map.Entry::getKey)
            .toList());
  }

  private void forgetLater(String id) {
    var forget = new ContainerActor.ForgetExec(id);
    timers.startSingleTimer(forget, forget, REMEMBERED);
  }

  void forget(String id) {
    entries.remove(id);
    standing.tell(new ContainersActor.ExecForgotten(id));
  }

  /** Somebody pressed the detach keys. */
  void detached(String id) {
    if (id.isEmpty()) {
      standing.publish("detach");
    } else {
      standing.publish("exec_detach", Map.of("execID", id));
    }
  }
}
