package argosy.engine.container;

import argosy.engine.container.ContainerRequest.Created;
import argosy.engine.container.ContainerRequest.Listed;
import argosy.engine.container.listing.Listing;
import argosy.engine.container.log.LogWatch;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import argosy.engine.network.NetworkRequest;
import argosy.engine.protocol.Ask;
import argosy.engine.protocol.StrictBehavior;
import argosy.engine.spec.ContainerSpec;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.jspecify.annotations.Nullable;

/** The registry: which names and ids there are, and whose actor a request goes to. */
final class ContainersActor extends StrictBehavior<Containers.Command> {
  /** What only the containers' own actors and the registry itself say. */
  sealed interface Inner extends Containers.Command {}

  /** How a container looks now; comes before any answer about the change. */
  record Shown(Container container) implements Inner {}

  /** A container's actor knows the truth about it. */
  record Loaded(Container container) implements Inner {}

  /** A container is gone, its name is free. */
  record Gone(String id) implements Inner {}

  /** A renaming failed: the new name is free again. */
  record NotNamed(String id, String name) implements Inner {}

  record ExecMade(String exec, String container) implements Inner {}

  record ExecForgotten(String exec) implements Inner {}

  record Peek(String reference, ActorRef<Outcome<Container>> replyTo) implements Inner {}

  private record Made(
      Ask<ContainerRequest<?>> ask, Creation creation, Outcome<Creation.Made> outcome)
      implements Inner {}

  private record Read(Outcome<List<ContainerRecord>> records) implements Inner {}

  private record Cleared(Outcome<Boolean> outcome) implements Inner {}

  private record Answered(Ask<ContainerRequest<?>> ask, Outcome<?> outcome) implements Inner {}

  private static final Duration LOADING = Duration.ofSeconds(30);

  private record LoadingTooLong() implements Inner {}

  static Behavior<Containers.Command> create(Surroundings around) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers ->
            Behaviors.withStash(
                100_000,
                stash -> {
                  timers.startSingleTimer(new LoadingTooLong(), LOADING);
                  return new ContainersActor(context, around, stash).recovering();
                })));
  }

  private final Surroundings around;
  private final StashBuffer<Containers.Command> stash;
  private final Errands errands;
  private final Standing.Ledger ledger;
  private final LogWatch watch;
  private final Roster roster = new Roster();
  private final Addressee addressee = new Addressee(roster);
  private final Enrolment enrolment;
  private final Set<String> loading = new HashSet<>();
  private boolean clearing;

  private ContainersActor(
      ActorContext<Containers.Command> context,
      Surroundings around,
      StashBuffer<Containers.Command> stash) {
    super(context);
    this.around = around;
    this.stash = stash;
    this.errands = new Errands(around.neighbours(), context.getSystem().scheduler());
    this.ledger = Standing.Ledger.in(around.containers());
    this.watch = new LogWatch(around.blocking());
    this.enrolment = new Enrolment(around, roster);
  }

  // the engine starts

  private Behavior<Containers.Command> recovering() {
    work(ledger::everything, Read::new);
    return phase(this::whileRecovering);
  }

  private Behavior<Containers.Command> whileRecovering(Containers.Command command) {
    switch (command) {
      case Read(var records) -> read(records);
      case Loaded(var container) -> {
        roster.show(container);
        loading.remove(container.id());
        clearWhenLoaded();
      }
      case LoadingTooLong() -> {
        getContext().getLog().error("containers that can not be read: {}", loading);
        loading.clear();
        clearWhenLoaded();
      }
      case Shown(var container) -> roster.show(container);
      case Cleared(var outcome) -> {
        if (outcome instanceof Outcome.Failed<Boolean>(var failure)) {
          getContext().getLog().error("clearing up at start: {}", failure.message());
        }
        roster.actors().forEach(actor -> actor.tell(new ContainerActor.Settle(true)));
        return stash.unstashAll(this);
      }
      case Containers.Command other -> stash.stash(other);
    }
    return Behaviors.same();
  }

  private void read(Outcome<List<ContainerRecord>> outcome) {
    switch (outcome) {
      case Outcome.Ok<List<ContainerRecord>>(var records) -> {
        records.forEach(record -> loading.add(record.id()));
        records.forEach(record -> spawn(record, false));
        clearWhenLoaded();
      }
      case Outcome.Failed<List<ContainerRecord>>(var failure) ->
          throw new IllegalStateException(failure.message());
    }
  }

  private void clearWhenLoaded() {
    if (loading.isEmpty() && !clearing) {
      clearing = true;
      var clearance = new Clearance(around, errands);
      var known = List.copyOf(roster.containers());
      work(() -> clearance.run(known), Cleared::new);
    }
  }

  private void spawn(ContainerRecord record, boolean fresh) {
    var behavior =
        ContainerActor.create(around, ledger, getContext().getSelf(), watch, record, fresh);
    var supervised =
        Behaviors.supervise(behavior)
            .onFailure(
                SupervisorStrategy.restartWithBackoff(
                        Duration.ofMillis(100), Duration.ofSeconds(60), 0.1)
                    .withResetBackoffAfter(Duration.ofSeconds(10)));
    var actor = getContext().spawnAnonymous(supervised);
    var seen = View.of(record, ContainerState.FRESH, List.of(), around);
    roster.add(seen, actor, record.imageSize());
  }

  private <T> void work(Supplier<T> blocking, Function<Outcome<T>, Containers.Command> then) {
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(blocking, around.blocking()),
            (value, thrown) ->
                then.apply(thrown == null ? Outcome.ok(value) : Outcome.failed(thrown)));
  }

  // life goes on

  @Override
  public Behavior<Containers.Command> onMessage(Containers.Command command) {
    switch (command) {
      case Containers.Asked(var ask) -> asked(ask);
      case Containers.Connecting(var ask) -> connecting(ask);
      case Containers.Streaming(var reference, var order) -> stream(reference, order);
      case Made(var ask, var creation, var outcome) -> made(ask, creation, outcome);
      case Answered(var ask, var outcome) -> ask.complete(outcome);
      case Shown(var container) -> roster.show(container);
      case Loaded(var container) -> {
        roster.show(container);
        roster.actor(container.id()).tell(new ContainerActor.Settle(false));
      }
      case Gone(var id) -> roster.remove(id).tell(new ContainerActor.Retire());
      case NotNamed(var id, var name) -> roster.free(name, id);
      case ExecMade(var exec, var container) -> roster.addExec(exec, container);
      case ExecForgotten(var exec) -> roster.removeExec(exec);
      case Peek(var reference, var replyTo) ->
          replyTo.tell(roster.resolve(reference).map(roster::container));
      case Read _, Cleared _, LoadingTooLong _ -> {}
    }
    return Behaviors.same();
  }

  @Override
  public Behavior<Containers.Command> onSignal(Signal signal) {
    if (signal instanceof PostStop || signal instanceof PreRestart) {
      watch.close();
      return Behaviors.same();
    }
    return super.onSignal(signal);
  }

  private void asked(Ask<ContainerRequest<?>> ask) {
    try {
      switch (ask.request()) {
        case ContainerRequest.Create(var name, var spec) -> create(ask, name, spec);
        case ContainerRequest.Find find -> find(ask, find);
        case ContainerRequest.Prune(var filters) -> prune(ask, filters);
        case ContainerRequest.Rename(var reference, var name) -> rename(ask, reference, name);
        case ContainerRequest.Inspect(var reference, var size) when !size ->
            ask.answer(roster.container(addressee.id(reference)));
        case ContainerRequest<?> other -> addressee.of(other).tell(new ContainerActor.Order(ask));
      }
    } catch (Refused refused) {
      ask.fail(refused.failure());
    }
  }

  private void connecting(Ask<NetworkRequest<?>> ask) {
    try {
      addressee.ofNetwork(ask.request()).tell(new ContainerActor.Connecting(ask));
    } catch (Refused refused) {
      ask.fail(refused.failure());
    }
  }

  private void stream(String reference, StreamOrder order) {
    try {
      addressee.of(reference, order).tell(new ContainerActor.Streamed(order));
    } catch (Refused refused) {
      order.refuse(refused.failure());
    }
  }

  private void create(Ask<ContainerRequest<?>> ask, @Nullable String asked, ContainerSpec spec) {
    var creation = enrolment.of(asked, spec);
    work(
        () -> creation.run(around.blueprints().site(around.runtime().runtimes()), errands, ledger),
        outcome -> new Made(ask, creation, outcome));
  }

  private void made(
      Ask<ContainerRequest<?>> ask, Creation creation, Outcome<Creation.Made> outcome) {
    switch (outcome) {
      case Outcome.Ok<Creation.Made>(Creation.Made(var record, var warnings)) -> {
        spawn(record, true);
        View.publish(record, "create", Map.of(), around);
        ask.answer(new Created(record.id(), warnings));
      }
      case Outcome.Failed<Creation.Made>(var failure) -> {
        roster.free(creation.name());
        ask.fail(failure);
      }
    }
  }

  private void rename(Ask<ContainerRequest<?>> ask, String reference, String asked) {
    String id = addressee.id(reference);
    var renaming = new ContainerRequest.Rename(id, enrolment.rename(id, asked));
    roster.actor(id).tell(new ContainerActor.Order(new Ask<>(renaming, ask.replyTo())));
  }

  private void find(Ask<ContainerRequest<?>> ask, ContainerRequest.Find find) {
    var rows =
        Listing.select(
            find, roster.containers(), reference -> roster.container(addressee.id(reference)));
    if (!find.size()) {
      ask.answer(new Listed(rows));
      return;
    }
    var images = rows.stream().map(row -> roster.imageSize(row.id())).toList();
    work(() -> Sizing.of(rows, images, around.roots()), outcome -> new Answered(ask, outcome));
  }

  private void prune(Ask<ContainerRequest<?>> ask, Map<String, List<String>> filters) {
    var prunable = Listing.prunable(filters, around.clock().instant());
    var chosen = roster.containers().stream().filter(prunable).map(Container::id).toList();
    var actors = chosen.stream().map(roster::actor).toList();
    var pruning = new Pruning(around, getContext().getSystem().scheduler());
    work(() -> pruning.run(chosen, actors), outcome -> new Answered(ask, outcome));
  }
}
