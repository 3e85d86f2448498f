package argosy.engine.container;

import argosy.engine.container.ContainerActor.Command;
import argosy.engine.container.ContainerRequest.Exec;
import argosy.engine.container.ContainerRequest.ExecSpec;
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
import argosy.engine.runtime.ContainerRuntime.Adopted;
import argosy.engine.runtime.ContainerRuntime.ExecPlan;
import argosy.engine.runtime.ContainerRuntime.ExecProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** The further processes of one container: prepared, run, ended, and forgotten after a while. */
final class Execs {
  /** What Docker shows for one that could not be started. */
  private static final int NOT_RUN = 126;

  private static final int KILLED = 137;
  private static final Duration REMEMBERED = Duration.ofMinutes(5);

  private static final Failure NO_PROCESS = new Failure.NotFound("no such exec");

  private final Standing standing;
  private final TimerScheduler<Command> timers;
  private final Map<String, ExecEntry> entries = new LinkedHashMap<>();

  Execs(Standing standing, TimerScheduler<Command> timers) {
    this.standing = standing;
    this.timers = timers;
  }

  void create(Ask<ContainerRequest<?>> ask, ContainerRequest.CreateExec order) {
    check(order.reference());
    if (order.spec().command().isEmpty()) {
      throw new Refused(new Failure.Invalid("No exec command specified"));
    }
    DetachKeys.ofExec(order.spec().detachKeys());
    String id = Ids.make(standing.around.random());
    entries.put(id, new ExecEntry(order.spec()));
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

  /** Those that an earlier daemon started; what they say is lost, how they end is not. */
  void adopt(List<Adopted> outlived) {
    for (Adopted each : outlived) {
      ExecNote.read(each.exec(), each.note())
          .ifPresent(spec -> {
            var entry = new ExecEntry(spec);
            entries.put(each.exec(), entry);
            standing.tell(new ContainersActor.ExecMade(each.exec(), standing.id()));
            runs(each.exec(), entry, each.process());
          });
    }
    show();
  }

  private void runs(String id, ExecEntry entry, ExecProcess process) {
    entry.started = true;
    entry.process = process;
    entry.running = true;
    var self = standing.context.getSelf();
    process.onExit(exit -> self.tell(new ContainerActor.ExecEnded(id, exit)));
  }

  private ExecEntry entry(String id) {
    ExecEntry entry = entries.get(id);
    if (entry == null) {
      throw new Refused(new Failure.NotFound("No such exec instance: " + id));
    }
    return entry;
  }

  void inspect(Ask<ContainerRequest<?>> ask, ContainerRequest.InspectExec order) {
    ExecEntry entry = entry(order.exec());
    int pid = entry.running && entry.process != null ? entry.process.pid() : 0;
    ask.answer(
        new Exec(order.exec(), standing.id(), entry.spec, entry.underWay(), entry.exitCode, pid));
  }

  void resize(Ask<ContainerRequest<?>> ask, ContainerRequest.ResizeExec order) {
    ExecEntry entry = entry(order.exec());
    var resizing = new ExecEntry.Resizing(ask, order);
    if (!entry.started) {
      throw new Refused(new Failure.Conflict("exec " + order.exec() + " is not running"));
    } else if (entry.exitCode != null) {
      throw new Refused(NO_PROCESS);
    } else if (entry.process == null) {
      entry.resizes.add(resizing);
    } else {
      resize(resizing, entry.process);
    }
  }

  private void resize(ExecEntry.Resizing resizing, ExecProcess process) {
    standing.work(
        () -> {
          process.resize(resizing.order().height(), resizing.order().width());
          return new Done();
        },
        outcome -> new ContainerActor.Answer(resizing.ask(), outcome));
  }

  void start(StreamOrder.RunExec order) {
    ExecEntry entry = entry(order.exec());
    if (entry.started) {
      String what = entry.underWay() ? " is already running" : " has already run";
      throw new Refused(new Failure.Conflict("Error: Exec command " + order.exec() + what));
    }
    check(standing.id());
    entry.started = true;
    entry.order = order;
    standing.publish("exec_start: " + line(entry.spec), Map.of("execID", order.exec()));
    entry.client = order.start().detach() ? null : client(order.exec(), entry.spec);
    Client client = entry.client;
    if (client != null) {
      // at once, as dockerd: many clients lose what comes in one piece with the answer's head
      order.replyTo().tell(Outcome.ok(entry.attached()));
    }
    standing.work(
        () -> run(order, entry.spec, client),
        outcome -> new ContainerActor.ExecUp(order.exec(), outcome));
  }

  private Client client(String id, ExecSpec spec) {
    var wants = new Client.Wants(spec.stdin(), spec.stdout(), spec.stderr(), true);
    var client = new Client(wants, spec.tty(), true, new Company(id), standing.around.blocking());
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
            order.start().width(),
            ExecNote.write(spec));
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
    ExecEntry entry = entries.get(id);
    if (entry == null || entry.order == null) {
      return;
    }
    switch (outcome) {
      case Outcome.Ok<ExecProcess>(var process) -> {
        runs(id, entry, process);
        show();
        entry.resizes.forEach(resize -> resize(resize, process));
        if (entry.client == null) {
          entry.order.replyTo().tell(Outcome.ok(entry.attached()));
        }
      }
      case Outcome.Failed<ExecProcess>(var failure) -> {
        entry.exitCode = NOT_RUN;
        entry.resizes.forEach(resize -> resize.ask().fail(NO_PROCESS));
        forgetLater(id);
        String text = StartFailure.ofExec(new Refused(failure));
        if (entry.client == null) {
          entry.order.replyTo().tell(Outcome.failed(new Failure.Invalid(text.strip())));
        } else {
          entry.over.complete(
              Source.single(new Output(Channel.STDOUT, ByteString.fromString(text))));
          entry.client.end();
        }
      }
    }
  }

  void ended(String id, ContainerRuntime.Exit exit) {
    ExecEntry entry = entries.get(id);
    if (entry != null && entry.running) {
      end(id, entry, exit.code());
      show();
    }
  }

  private void end(String id, ExecEntry entry, int code) {
    entry.running = false;
    entry.exitCode = code;
    entry.over.complete(Source.empty());
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
