package argosy.cluster.member;

import argosy.cluster.member.Reunion.Decision;
import argosy.cluster.member.Roster.Key;
import argosy.cluster.wire.NodeFacts;
import argosy.cluster.wire.Wire;
import argosy.engine.protocol.StrictBehavior;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.Leave;
import org.apache.pekko.cluster.typed.Subscribe;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds this host's way into the cluster, and keeps the list of the others. It asks every round
 * until it is in; afterwards it asks only new members who they are.
 */
public final class Members extends StrictBehavior<Members.Command> {
  /** The actor's name below the guardian, by which other nodes knock at it. */
  public static final String NAME = "members";

  private static final Logger LOG = LoggerFactory.getLogger(Members.class);

  /** What it receives. */
  public sealed interface Command {}

  /** Another node wants to know who this is, and to be let in; {@code cluster} "" is any. */
  public record Knock(NodeFacts who, String address, String cluster, ActorRef<Greeting> replyTo)
      implements Command, Wire {}

  private record Remembered(Surroundings.Memory memory) implements Command {}

  private record Written(ClusterRecord record, Runnable then) implements Command {}

  private record NotWritten(String why) implements Command {}

  private record Heard(Greeting greeting) implements Command {}

  private record Happened(ClusterEvent.ClusterDomainEvent event) implements Command {}

  private enum Round implements Command {
    TICK
  }

  private final Surroundings around;
  private final Cluster cluster;
  private final String address;
  private final ActorRef<Greeting> ear;
  private final Seeker seeker;
  private Roster roster = Roster.EMPTY;
  private @Nullable ClusterRecord record;
  private boolean busy = true;
  private boolean joined;
  private boolean out;
  private @Nullable ClusterRecord due;
  private String warning = "";

  /** Begins to seek as soon as the record is read. */
  public static Behavior<Command> create(Surroundings around) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> {
          timers.startTimerWithFixedDelay(Round.TICK, around.retry());
          return new Members(context, around);
        }));
  }

  private Members(ActorContext<Command> context, Surroundings around) {
    super(context);
    this.around = around;
    this.cluster = Cluster.get(context.getSystem());
    this.address = cluster.selfMember().address().toString();
    this.seeker = new Seeker(around, address);
    this.ear = context.messageAdapter(Greeting.class, Heard::new);
    cluster
        .subscriptions()
        .tell(
            Subscribe.create(
                context.messageAdapter(ClusterEvent.ClusterDomainEvent.class, Happened::new),
                ClusterEvent.ClusterDomainEvent.class));
    context.pipeToSelf(
        CompletableFuture.supplyAsync(around.store()::read, around.blocking()),
        (read, thrown) -> new Remembered(read != null ? read : Surroundings.Memory.failed(thrown)));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Knock knock -> greet(knock);
      case Remembered(var memory) -> remember(memory);
      case Written(var what, var then) -> written(what, then);
      case NotWritten(var why) -> {
        busy = false;
        warn(why);
      }
      case Heard(var greeting) -> heard(greeting);
      case Happened(var event) -> happened(event);
      case Round.TICK -> round();
    }
    return Behaviors.same();
  }

  private void greet(Knock knock) {
    knock.replyTo().tell(new Door(around.self(), address, joined, record, roster).greeting(knock));
  }

  private void remember(Surroundings.Memory memory) {
    record = memory.record();
    busy = false;
    if (record != null) {
      roster = roster.losing(record.everybody().filter(k -> !k.id().equals(around.self().id())));
    }
    seeker.remembers(memory.problem());
    publish();
    round();
  }

  private void round() {
    if (joined) {
      roster.strangers().forEach(this::knock);
      keepRecord();
    } else if (!busy) {
      seeker.nextRound();
      seeker.candidates(record).forEach(this::knock);
      decide();
    }
  }

  private void knock(String at) {
    String bound = joined ? "" : ClusterRecord.bound(record);
    ActorRefResolver.get(getContext().getSystem())
        .<Command>resolveActorRef(at + "/user/" + NAME)
        .tell(new Knock(around.self(), address, bound, ear));
  }

  private void heard(Greeting greeting) {
    roster = roster.told(greeting.address(), greeting.who());
    if (joined) {
      yieldTo(greeting.who());
    } else {
      seeker.heard(greeting);
      if (greeting.state() == Greeting.State.MEMBER) {
        decide();
      }
    }
    publish();
  }

  /** Two that came in through different doors at the same time: the greater id goes. */
  private void yieldTo(NodeFacts other) {
    boolean greater = around.self().id().compareTo(other.id()) > 0;
    if (around.self().name().equals(other.name()) && greater) {
      warn(Door.sentence(around.self(), other));
      cluster.manager().tell(Leave.create(cluster.selfMember().address()));
    }
  }

  private void decide() {
    if (!busy && !joined) {
      seeker.decide(record).ifPresent(this::act);
    }
  }

  private void act(Decision decision) {
    switch (decision) {
      case Decision.Join(var member) -> join(member);
      case Decision.Found() -> found();
      case Decision.Wait(var sentence) -> warn(sentence);
    }
  }

  private void join(Greeting member) {
    LOG.info("joining the cluster of node {} at {}", member.who().name(), member.address());
    write(ClusterRecord.joining(record, member, myself()), () -> enter(member.address()));
  }

  private void found() {
    ClusterRecord own = record != null ? record : ClusterRecord.fresh(myself());
    LOG.info("founding cluster {}", own.cluster());
    write(own, () -> enter(address));
  }

  private void enter(String at) {
    seeker.tried();
    cluster.manager().tell(Join.create(AddressFromURIString.parse(at)));
  }

  private Known myself() {
    return new Known(around.self().id(), around.self().name(), address);
  }

  /**
   * Writes what has been the same for a whole round. Never once this host is being put out: then it
   * sees everybody vanish, and would believe itself to be the only one left.
   */
  private void keepRecord() {
    if (record == null || busy || out || cluster.isTerminated()) {
      return;
    }
    ClusterRecord next = record.after(roster, myself());
    if (!next.equals(record) && next.equals(due)) {
      write(next, () -> {});
    }
    due = next;
  }

  private void write(ClusterRecord next, Runnable then) {
    busy = true;
    getContext()
        .pipeToSelf(
            CompletableFuture.runAsync(() -> around.store().write(next), around.blocking()),
            (_, thrown) ->
                thrown == null
                    ? new Written(next, then)
                    : new NotWritten("the cluster's record can not be written: " + thrown));
  }

  private void written(ClusterRecord what, Runnable then) {
    busy = false;
    record = what;
    then.run();
    publish();
  }

  private void happened(ClusterEvent.ClusterDomainEvent event) {
    switch (event) {
      case ClusterEvent.MemberEvent change -> changed(change.member());
      case ClusterEvent.UnreachableMember lost -> reach(lost.member(), false);
      case ClusterEvent.ReachableMember back -> reach(back.member(), true);
      default -> {
        return; // leaders, data centres, seen-by: nothing that is shown
      }
    }
    publish();
  }

  private void changed(Member member) {
    if (member.uniqueAddress().equals(cluster.selfMember().uniqueAddress())) {
      selfChanged(member.status());
    } else if (member.status().equals(MemberStatus.removed())) {
      gone(Key.of(member));
    } else {
      roster = roster.with(Key.of(member), Presence.of(member.status()), around.clock().instant());
      if (member.status().equals(MemberStatus.up())) {
        knock(member.address().toString());
      }
    }
  }

  private void gone(Key key) {
    LOG.info("the node at {} is gone from the cluster", key.address());
    roster = roster.removed(key);
    around.lost().accept(key.address());
  }

  private void selfChanged(MemberStatus status) {
    if (status.equals(MemberStatus.up()) && !joined) {
      joined = true;
      warning = "";
      LOG.info("this host is in the cluster as node {}", around.self().name());
      roster.strangers().forEach(this::knock);
    } else if (status.equals(MemberStatus.down()) || status.equals(MemberStatus.removed())) {
      out = true;
    }
  }

  private void reach(Member member, boolean reachable) {
    Key key = Key.of(member);
    roster = roster.reachable(key, reachable);
    if (!reachable) {
      LOG.warn("the node at {} can not be reached", key.address());
      around.lost().accept(key.address());
    }
  }

  private void warn(String sentence) {
    if (!sentence.equals(warning)) {
      LOG.warn("{}", sentence);
      warning = sentence;
      publish();
    }
  }

  private void publish() {
    String id = record == null ? "" : record.cluster();
    around.publish().accept(Views.membership(address, id, joined, roster, warning));
  }
}
