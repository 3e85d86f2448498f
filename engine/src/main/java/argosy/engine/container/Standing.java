package argosy.engine.container;

import argosy.engine.container.Container.Health;
import argosy.engine.container.ContainerActor.Command;
import argosy.engine.container.life.Move;
import argosy.engine.container.life.Moves;
import argosy.engine.container.life.Subject;
import argosy.engine.container.life.Uptime;
import argosy.engine.disk.FileTree;
import argosy.engine.disk.Records;
import argosy.engine.failure.Done;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import argosy.engine.image.ImageUse;
import argosy.engine.protocol.Ask;
import argosy.engine.spec.ContainerSpec.RestartPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where one container stands, and the means its actor's parts share. Never leaves that actor. */
final class Standing {
  private static final Logger LOG = LoggerFactory.getLogger(Standing.class);

  final ActorContext<Command> context;
  final Surroundings around;
  final Errands errands;
  final Ledger ledger;
  private final ActorRef<Containers.Command> registry;

  private ContainerRecord record;
  private ContainerState state;
  private final Uptime uptime = new Uptime(System::nanoTime);
  private List<String> execs = List.of();
  private CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);

  /** Why the disk does not say whether it should run. */
  private final AtomicReference<@Nullable Failure> lost = new AtomicReference<>();

  /** The records of all containers. */
  record Ledger(
      Records<ContainerRecord> records, Records<ContainerState> states, Records<Parting> partings) {
    static Ledger in(Path containers) {
      return new Ledger(
          new Records<>(containers, "record.json", ContainerRecord.class),
          new Records<>(containers, "state.json", ContainerState.class),
          Parting.in(containers));
    }

    /** Every container there is, those among them whose record can not be read. */
    List<ContainerRecord> everything() {
      var all = new ArrayList<>(records.all());
      records.unreadable().forEach(id -> all.add(StandIn.of(id)));
      return List.copyOf(all);
    }
  }

  Standing(
      ActorContext<Command> context,
      Surroundings around,
      Ledger ledger,
      ActorRef<Containers.Command> registry,
      ContainerRecord record) {
    this.context = context;
    this.around = around;
    this.errands = new Errands(around.neighbours(), context.getSystem().scheduler());
    this.ledger = ledger;
    this.registry = registry;
    this.record = record;
    this.state = ContainerState.FRESH;
  }

  String id() {
    return record.id();
  }

  ContainerRecord record() {
    return record;
  }

  ContainerState state() {
    return state;
  }

  Lifecycle life() {
    return state.life();
  }

  /** Of its present run. */
  Uptime uptime() {
    return uptime;
  }

  Subject subject(String reference) {
    return new Subject(record.id(), record.name(), reference);
  }

  Path directory() {
    return around.containers().resolve(record.id());
  }

  /** Moves on: the registry sees it at once, the disk soon. */
  void move(ContainerState next) {
    state = next;
    show();
    tellImages();
    write(() -> ledger.states().put(id(), next, false));
  }

  /** As {@link #move} without the disk: for what a crash may forget. */
  void pass(ContainerState next) {
    state = next;
    show();
    tellImages();
  }

  /** An image under a running container is not removed, not even by force. */
  private void tellImages() {
    boolean alive = Move.alive(life());
    around.neighbours().images().tell(new ImageUse.Running(id(), alive));
    record
        .imageUsers()
        .forEach(user -> around.neighbours().images().tell(new ImageUse.Running(user, alive)));
  }

  /** Changes the record here; the caller sees to the disk. */
  void change(ContainerRecord next) {
    record = next;
    show();
  }

  /**
   * Notes on disk whether it should run, where its policy makes that outlive the engine; fails when
   * the disk does not take it, and is tried again by the next order.
   */
  CompletableFuture<Void> desire(boolean running) {
    boolean kept = record.spec().restart().name() != RestartPolicy.Name.NO;
    boolean desired = running && kept;
    if (record.desired() == desired && lost.get() == null) {
      return CompletableFuture.completedFuture(null);
    }
    var next = record.wanted(desired);
    change(next);
    return write(() -> ledger.records().put(next.id(), next))
        .whenComplete((_, thrown) -> lost.set(thrown == null ? null : Refused.failureOf(thrown)));
  }

  void running(List<String> execIds) {
    execs = execIds;
    show();
  }

  /** A probe's word; only one that changes something is for the disk. */
  void healthy(Health next, boolean changed) {
    state = state.probed(next);
    show();
    if (changed) {
      var known = state;
      write(() -> ledger.states().put(id(), known, false));
    }
  }

  /** Writes one after the other, in the order they were asked for. */
  CompletableFuture<Void> write(Runnable step) {
    writing = writing.exceptionally(_ -> null).thenRunAsync(step, around.blocking());
    writing.whenComplete((_, failure) -> {
      if (failure != null) {
        LOG.error("container {}: {}", id(), failure.toString());
      }
    });
    return writing;
  }

  /** Done when everything asked so far is written, or failed to be. */
  CompletableFuture<Void> written() {
    return writing.exceptionally(_ -> null);
  }

  /**
   * What is acknowledged outlives a crash: the answer waits for what was asked to be written, and
   * is a failure when that is not to be had.
   */
  void answerWhenWritten(Ask<ContainerRequest<?>> ask) {
    written()
        .thenRun(() -> {
          Failure why = lost.get();
          if (why == null) {
            ask.answer(new Done());
          } else {
            ask.fail(notKept(why));
          }
        });
  }

  private Failure notKept(Failure why) {
    return new Failure.Internal(
        "container %s: done, but the daemon could not note it and may undo it when it starts again: %s"
            .formatted(record.name(), why.message()));
  }

  /** Whether its output is stored. */
  boolean keepsLog() {
    return !record.spec().log().driver().equals("none");
  }

  /** The first process of another container, asked of the registry; blocks. */
  int pidOf(String id) {
    Container found = find(id);
    return Moves.pid(found.state())
        .orElseThrow(() ->
            new Refused(
                new Failure.Conflict(
                    "cannot join namespace of a non running container: container /"
                        + found.name()
                        + " is "
                        + Moves.status(found.state()))));
  }

  /** Another container, by name or id, asked of the registry; blocks. Throws Refused. */
  Container find(String reference) {
    Outcome<Container> other =
        AskPattern.<Containers.Command, Outcome<Container>>ask(
                registry,
                replyTo -> new ContainersActor.Peek(reference, replyTo),
                Duration.ofSeconds(10),
                errands.scheduler())
            .toCompletableFuture()
            .join();
    return switch (other) {
      case Outcome.Ok<Container>(var found) -> found;
      case Outcome.Failed<Container>(var failure) -> throw new Refused(failure);
    };
  }

  /** Deletes everything it had on disk, once {@code cleared}; nobody waits for it. */
  void purge(CompletableFuture<Void> cleared) {
    String id = id();
    Path directory = directory();
    cleared
        .thenRunAsync(
            () -> {
              around.roots().remove(id);
              FileTree.delete(directory);
            },
            around.blocking())
        .whenComplete((_, failure) -> {
          if (failure != null) {
            LOG.warn("deleting the files of container {}: {}", id, failure.toString());
          }
        });
  }

  /** Runs blocking work elsewhere; what comes of it is a message. */
  <T> void work(Supplier<T> blocking, Function<Outcome<T>, Command> then) {
    context.pipeToSelf(
        CompletableFuture.supplyAsync(blocking, around.blocking()),
        (value, thrown) -> then.apply(thrown == null ? Outcome.ok(value) : Outcome.failed(thrown)));
  }

  void publish(String action) {
    publish(action, Map.of());
  }

  void publish(String action, Map<String, String> more) {
    View.publish(record, action, more, around);
  }

  void tell(Containers.Command news) {
    registry.tell(news);
  }

  void show() {
    registry.tell(new ContainersActor.Shown(container()));
  }

  /** The container as others see it. */
  Container container() {
    return View.of(record, state, execs, around);
  }
}
