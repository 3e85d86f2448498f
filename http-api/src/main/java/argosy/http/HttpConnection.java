package argosy.http;

import argosy.engine.failure.Failure;
import argosy.http.endpoint.Reply;
import argosy.http.hijack.Handover;
import argosy.http.hijack.HandoverPoint;
import argosy.http.hijack.HijackStage;
import argosy.http.problem.Problems;
import argosy.http.transport.Lifeline;
import argosy.http.transport.Readiness;
import argosy.http.transport.SocketStage;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.ResponseEntity;
import org.apache.pekko.http.javadsl.model.headers.Connection;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's connection: requests one after the other, until it is closed or handed over. */
final class HttpConnection {
  private static final Logger log = LoggerFactory.getLogger(HttpConnection.class);
  private static final Duration LINGER = Duration.ofSeconds(5);

  private final HttpLayer layer;
  private final HttpServer.Front front;
  private final RequestLog requests;
  private final Readiness readiness;
  private final Lifeline lifeline;
  private final HandoverPoint point = new HandoverPoint();
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile boolean stopping;

  HttpConnection(
      HttpLayer layer,
      HttpServer.Front front,
      RequestLog requests,
      Readiness readiness,
      Lifeline lifeline) {
    this.requests = requests;
    this.readiness = readiness;
    this.layer = layer;
    this.front = front;
    this.lifeline = lifeline;
  }

  void serve(SocketChannel channel) {
    try {
      PlainTalk.begin(this, channel, readiness, lifeline, layer);
    } catch (IOException e) {
      log.debug("a client did not stay: {}", e.getMessage());
      lifeline.cut();
    }
  }

  /** What the HTTP library is to read, from the first byte of a request. */
  void serveByLibrary(SocketChannel channel, ByteString unread) {
    stream(
        channel,
        Flow.<ByteString>create()
            .prepend(Source.single(unread))
            .via(
                Flow.of(HttpRequest.class)
                    .mapAsync(1, this::answer)
                    .join(layer.server())
                    .join(BidiFlow.fromGraph(new HijackStage(point)))));
  }

  /** Gives the socket to streams, for the rest of its life. */
  void stream(SocketChannel channel, Flow<ByteString, ByteString, ?> streams) {
    streams
        .join(Flow.fromGraph(new SocketStage(channel, readiness, lifeline, LINGER)))
        .run(layer.materializer());
  }

  CompletionStage<Void> closed() {
    return lifeline.closed();
  }

  /** Ends streams, answers what is being answered, and then closes. */
  void windDown() {
    stopping = true;
    lifeline.markGone();
    if (!busy.get()) {
      cut();
    }
  }

  void cut() {
    lifeline.cut();
  }

  boolean isStopping() {
    return stopping;
  }

  /** No request is being answered. */
  void rests() {
    busy.set(false);
  }

  private CompletionStage<HttpResponse> answer(HttpRequest request) {
    return reply(request)
        .thenApply(reply ->
            switch (reply) {
              case Reply.Http(var response) -> {
                var dressed = respond(response);
                if (dressed.entity().isStrict()) {
                  rests();
                }
                yield stopping ? dressed.addHeader(Connection.create("close")) : dressed;
              }
              case Reply.Hijack hijack -> handOver(request, hijack);
            });
  }

  /** Never fails. */
  CompletionStage<Reply> reply(HttpRequest request) {
    busy.set(true);
    long start = System.nanoTime();
    return asked(request)
        .handle((reply, failure) -> {
          requests.answered(request, reply, start);
          if (failure == null) {
            return reply;
          }
          log.error("a request failed unexpectedly: {}", failure.toString(), failure);
          return new Reply.Http(
              Problems.response(
                  new Failure.Internal("an internal error occurred; the log says more")));
        });
  }

  private CompletionStage<Reply> asked(HttpRequest request) {
    try {
      return front.answer(request);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** An answer as every answer is; a streamed one ends when the client goes away. */
  HttpResponse respond(HttpResponse response) {
    var dressed = Answers.dressed(response);
    if (dressed.entity().isStrict()) {
      return dressed;
    }
    SharedKillSwitch end = KillSwitches.shared("client gone");
    lifeline.whenGone(end::shutdown);
    return dressed.withEntity(cutBy(end, dressed.entity()));
  }

  /** Not by transformEntityDataBytes, which keeps a chunk back until the next one comes. */
  private ResponseEntity cutBy(SharedKillSwitch end, ResponseEntity entity) {
    Source<ByteString, ?> data =
        entity
            .getDataBytes()
            .via(end.<ByteString>flow())
            .watchTermination((_, done) -> done.whenComplete((_, _) -> busy.set(false)));
    var type = entity.getContentType();
    return switch (entity) {
      case HttpEntity.Default sized ->
          HttpEntities.create(type, sized.getContentLengthOption().orElseThrow(), data);
      case HttpEntity.CloseDelimited _ -> HttpEntities.createCloseDelimited(type, data);
      case ResponseEntity _ -> HttpEntities.createChunked(type, data);
    };
  }

  private HttpResponse handOver(HttpRequest request, Reply.Hijack hijack) {
    var length = request.entity().getContentLengthOption();
    rests();
    return point.offer(
        new Handover(
            HijackHead.of(request, hijack.contentType()),
            length.isPresent() ? length.getAsLong() : -1,
            hijack.output(),
            hijack.input()));
  }
}
