package argosy.engine.network;

import argosy.engine.dns.NameService;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import argosy.engine.netlink.Wiring;
import argosy.engine.network.NetworkRequest.Network;
import argosy.engine.network.Networks.Asked;
import argosy.engine.network.Networks.Changed;
import argosy.engine.network.Networks.Command;
import argosy.engine.network.Networks.Concluded;
import argosy.engine.network.Networks.Loaded;
import argosy.engine.network.Networks.Ready;
import argosy.engine.network.Networks.Start;
import argosy.engine.network.Networks.Surroundings;
import argosy.engine.protocol.Ask;
import argosy.engine.protocol.Filters;
import argosy.engine.protocol.StrictBehavior;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * The networks of this host at work: first it waits to be told what runs, then it takes orders; an
 * order that makes or removes a network holds up the others.
 */
final class NetworksActor extends StrictBehavior<Networks.Command> {
  private final Surroundings around;
  private final Wiring wiring;
  private final NetworkTable table;
  private final NameService names;
  private final Sandboxes sandboxes;
  private final Rewirings rewirings;
  private final Publishing publishing;
  private final NetworkOrders orders;
  private final StashBuffer<Command> waiting;

  NetworksActor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      StashBuffer<Command> waiting,
      Surroundings around,
      Start start) {
    super(context);
    this.waiting = waiting;
    this.around = around;
    this.wiring = start.wiring();
    this.table = new NetworkTable(around.config().network().rest(), around.clock());
    start.networks().forEach(table::add);
    var endpoints = new Endpoints(table, around.chance());
    var attachments = new Attachments(table, new PortAllocation(start.ports()), endpoints);
    Turn turn = turn(timers);
    var remembered = around.remembered();
    this.names = start.names();
    var cabling = new Cabling(wiring, names);
    var shortage = new Shortage();
    this.sandboxes = new Sandboxes(table, attachments, cabling, remembered, shortage, turn);
    this.rewirings =
        new Rewirings(table, endpoints, attachments, cabling, remembered, shortage, turn);
    this.publishing = new Publishing(attachments, cabling, remembered, shortage, turn);
    this.orders = new NetworkOrders(around, wiring, table, this::isIdle);
  }

  /** After a failure it knows itself what runs. */
  Behavior<Command> starting() {
    if (around.remembered().adopted()) {
      var running = List.copyOf(around.remembered().running().values());
      getContext()
          .getSelf()
          .tell(new Attachment.Adopt(running, Set.of(), getContext().getSystem().ignoreRef()));
    }
    return phase(this::unadopted);
  }

  /** What ran before us is still to be told; only questions are answered. */
  private Behavior<Command> unadopted(Command command) {
    return switch (command) {
      case Attachment.Adopt adopt -> {
        sandboxes.adopt(adopt, this::adopted);
        yield Behaviors.same();
      }
      case Ready _ -> waiting.unstashAll(this);
      case Asked(var ask) when Networks.isQuestion(ask.request()) -> asked(ask);
      case Concluded concluded -> {
        conclude(concluded);
        yield Behaviors.same();
      }
      case Asked _, Attachment _, Loaded _, Changed _ -> keep(command);
    };
  }

  private void adopted() {
    around.remembered().nowAdopted();
    getContext().getSelf().tell(new Ready());
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Asked(var ask) -> {
        return asked(ask);
      }
      case Attachment.Join join -> sandboxes.join(join);
      case Attachment.Leave(var container, var replyTo) -> sandboxes.leave(container, replyTo);
      case Attachment.Connect order -> rewirings.connect(order);
      case Attachment.Disconnect order -> rewirings.disconnect(order);
      case Attachment.Publish order -> publishing.publish(order);
      case Attachment.Rename order -> rewirings.rename(order);
      case Attachment.Adopt adopt -> sandboxes.correct(adopt);
      case Concluded concluded -> conclude(concluded);
      case Loaded _, Ready _, Changed _ -> {
        return Behaviors.unhandled();
      }
    }
    return Behaviors.same();
  }

  /** A network is being made or removed; what would see half of it waits. */
  private Behavior<Command> changing(Command command) {
    return switch (command) {
      case Changed(var conclusion) -> {
        conclusion.run();
        yield waiting.unstashAll(this);
      }
      case Asked(var ask) when Networks.isQuestion(ask.request()) -> asked(ask);
      case Asked _, Attachment _, Loaded _, Concluded _, Ready _ -> keep(command);
    };
  }

  @Override
  public Behavior<Command> onSignal(Signal signal) {
    if (signal instanceof PostStop || signal instanceof PreRestart) {
      names.close();
      wiring.close();
    }
    return super.onSignal(signal);
  }

  private Behavior<Command> keep(Command command) {
    waiting.stash(command);
    return Behaviors.same();
  }

  private void conclude(Concluded concluded) {
    if (concluded.owner() == sandboxes) {
      concluded.conclusion().run();
    }
  }

  private Behavior<Command> asked(Ask<NetworkRequest<?>> ask) {
    try {
      return switch (ask.request()) {
        case NetworkRequest.Find(var filters) -> answer(ask, find(new Filters(filters)));
        case NetworkRequest.Inspect(var reference) ->
            answer(ask, withEndpoints(table.find(reference)));
        case NetworkRequest.Create create -> change(orders.create(create, ask::complete));
        case NetworkRequest.Remove(var reference) ->
            change(orders.remove(reference, ask::complete));
        case NetworkRequest.Prune(var filters) ->
            change(orders.prune(new Filters(filters), ask::complete));
        case NetworkRequest.Connect _, NetworkRequest.Disconnect _ ->
            throw new Refused(
                new Failure.NotImplemented(
                    "networks take orders for their containers from these themselves"));
      };
    } catch (Refused refused) {
      ask.fail(refused.failure());
      return Behaviors.same();
    }
  }

  private boolean isIdle(Network network) {
    return sandboxes.isIdle(network) && rewirings.isIdle(network);
  }

  private static Behavior<Command> answer(Ask<NetworkRequest<?>> ask, Object value) {
    ask.answer(value);
    return Behaviors.same();
  }

  private NetworkRequest.Listed find(Filters filters) {
    return new NetworkRequest.Listed(
        table.list(filters, this::isIdle).stream().map(this::withEndpoints).toList());
  }

  private Network withEndpoints(Network network) {
    return Inhabitants.of(network, around.remembered().endpoints(network));
  }

  private <T> Behavior<Command> change(NetworkOrders.Order<T> order) {
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(order.work(), wiring.executor()),
            (value, failed) ->
                new Changed(() ->
                    order
                        .conclusion()
                        .accept(failed == null ? Outcome.ok(value) : Outcome.failed(failed))));
    return phase(this::changing);
  }

  private Turn turn(TimerScheduler<Command> timers) {
    return new Turn() {
      @Override
      public <T> void work(
          Supplier<T> work, BiConsumer<@Nullable T, @Nullable Throwable> conclusion) {
        getContext()
            .pipeToSelf(
                CompletableFuture.supplyAsync(work, wiring.executor()),
                (value, failed) ->
                    new Concluded(sandboxes, () -> conclusion.accept(value, failed)));
      }

      @Override
      public void later(Duration delay, Runnable step) {
        timers.startSingleTimer(step, new Concluded(sandboxes, step), delay);
      }

      @Override
      public void publish(String action, Network network, String container) {
        around.publish(action, network, container);
      }
    };
  }
}
