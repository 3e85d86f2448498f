package argosy.engine.container;

import argosy.engine.container.ContainerStreams.AttachQuery;
import argosy.engine.container.ContainerStreams.Attached;
import argosy.engine.container.ContainerStreams.LogQuery;
import argosy.engine.container.ContainerStreams.Logs;
import argosy.engine.container.ContainerStreams.Output;
import argosy.engine.container.life.Move;
import argosy.engine.container.log.LogFiles;
import argosy.engine.container.log.LogLimits;
import argosy.engine.container.log.LogWatch;
import argosy.engine.container.log.StoredLog;
import argosy.engine.container.stream.Client;
import argosy.engine.container.stream.Company;
import argosy.engine.container.stream.DetachKeys;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/** A container's own output and input: attached clients and the stored log. */
final class Streams {
  private final Standing standing;
  private final LogWatch watch;
  private final List<Client> waiting = new ArrayList<>();
  private Company company;
  private CompletableFuture<Void> rest = CompletableFuture.completedFuture(null);

  Streams(Standing standing, LogWatch watch) {
    this.standing = standing;
    this.watch = watch;
    this.company = new Company(standing.id());
  }

  /** Clients that wait for the process, handed over to be connected before it runs. */
  List<Client> waiting() {
    var clients = List.copyOf(waiting);
    waiting.clear();
    return clients;
  }

  /** A run goes on: those who came while it was being started are connected now. */
  void began() {
    if (rest.isDone()) {
      rest = new CompletableFuture<>();
    }
    for (Client late : waiting()) {
      connect(late);
    }
  }

  private CompletableFuture<Void> connect(Client client) {
    String id = standing.id();
    var runtime = standing.around.runtime();
    return CompletableFuture.runAsync(
            () -> client.connect(listener -> runtime.attach(id, listener)),
            standing.around.blocking())
        .whenComplete((_, failure) -> {
          if (failure != null) {
            client.end();
          }
        });
  }

  /** The run is over; completes when whoever was attached to it has seen all. */
  CompletionStage<Void> ended() {
    var over = company.over();
    company = new Company(standing.id());
    return over;
  }

  /** There will be no run for those who wait. */
  void failed() {
    waiting().forEach(Client::end);
    company.end();
    company = new Company(standing.id());
  }

  /** It does not run and will not by itself: who follows its log has seen all. */
  void rests() {
    rest.complete(null);
  }

  /** The actor stops: nobody is told anything by it any more. */
  void close() {
    rests();
  }

  void attach(StreamOrder.Attach order) {
    var query = order.query();
    Move.ATTACH
        .refusal(standing.life(), standing.subject(standing.record().name()))
        .ifPresent(failure -> {
          throw new Refused(failure);
        });
    DetachKeys keys = DetachKeys.parse(query.detachKeys());
    boolean tty = standing.record().spec().process().stdio().tty();
    if (!query.stream()) {
      standing.publish("attach");
      order.replyTo().tell(Outcome.ok(new Attached(tty, replay(query), Sink.ignore())));
      return;
    }
    Client client = client(query, tty);
    Attached live = client.attached(keys);
    var attached =
        query.logs() ? new Attached(tty, replay(query).concat(live.output()), live.input()) : live;
    standing.publish("attach");
    if (Move.alive(standing.life())) {
      var _ =
          connect(client)
              .whenComplete((_, failure) ->
                  order
                      .replyTo()
                      .tell(failure == null ? Outcome.ok(attached) : Outcome.failed(failure)));
    } else {
      waiting.removeIf(Client::isGone);
      waiting.add(client);
      order.replyTo().tell(Outcome.ok(attached));
    }
  }

  private Client client(AttachQuery query, boolean tty) {
    var stdio = standing.record().spec().process().stdio();
    var wants =
        new Client.Wants(
            query.stdin() && stdio.openStdin(), query.stdout(), query.stderr(), stdio.stdinOnce());
    boolean foreground = !Move.alive(standing.life());
    var client = new Client(wants, tty, foreground, company, standing.around.blocking());
    var self = standing.context.getSelf();
    var _ = client.detached().thenRun(() -> self.tell(new ContainerActor.Detached("")));
    return client;
  }

  private Source<Output, NotUsed> replay(AttachQuery query) {
    if (!query.logs() || !standing.keepsLog()) {
      return Source.empty();
    }
    var all = new LogQuery(false, query.stdout(), query.stderr(), null, null, -1);
    return stored()
        .read(all, rest)
        .mapConcat(lines -> lines)
        .map(line -> new Output(line.channel(), line.text()));
  }

  void logs(StreamOrder.ReadLogs order) {
    if (!standing.keepsLog()) {
      throw new Refused(
          new Failure.NotImplemented("configured logging driver does not support reading"));
    }
    boolean tty = standing.record().spec().process().stdio().tty();
    order.replyTo().tell(Outcome.ok(new Logs(tty, stored().read(order.query(), rest))));
  }

  private StoredLog stored() {
    var around = standing.around;
    return new StoredLog(
        new LogFiles(around.log(standing.record())), watch, around.blocking(), around.clock());
  }

  /** Looks whether the log has become too long. */
  void rotate() {
    var files = new LogFiles(standing.around.log(standing.record()));
    var limits = LogLimits.of(standing.record().spec().log());
    var runtime = standing.around.runtime();
    String id = standing.id();
    standing.write(() -> {
      try {
        files.rotate(limits, () -> runtime.reopenLog(id));
      } catch (IOException e) {
        throw new UncheckedIOException("can not rotate the log", e);
      }
    });
  }
}
