package argosy.http.peer;

import argosy.engine.failure.Failure;
import argosy.http.endpoint.Reply;
import argosy.http.hijack.UpgradeStage;
import argosy.http.hijack.Upgraded;
import argosy.http.problem.Problems;
import argosy.http.transport.Dialer;
import argosy.http.transport.Lifeline;
import argosy.http.transport.ListenAddress;
import argosy.http.transport.SocketStage;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.StreamSupport;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.ResponseEntity;
import org.apache.pekko.http.javadsl.model.headers.Host;
import org.apache.pekko.http.javadsl.model.headers.RawRequestURI;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * Passes whole HTTP exchanges on to other daemons, one connection each. When either side goes away,
 * the other learns it.
 */
public final class Peers {
  private static final Duration LINGER = Duration.ofSeconds(5);

  /** Headers that are about one connection, not about the request. */
  private static final Set<String> OURS =
      Set.of("host", "raw-request-uri", "expect", "timeout-access", "transfer-encoding", "te");

  private final BidiFlow<HttpRequest, ByteString, ByteString, HttpResponse, NotUsed> client;
  private final Dialer dialer;
  private final Materializer materializer;

  /**
   * @param client the HTTP library's side that asks
   */
  public Peers(
      BidiFlow<HttpRequest, ByteString, ByteString, HttpResponse, NotUsed> client,
      Dialer dialer,
      Materializer materializer) {
    this.client = client;
    this.dialer = dialer;
    this.materializer = materializer;
  }

  /**
   * Asks another daemon and gives its answer; a daemon that can not be reached is a 503. Never
   * fails.
   *
   * @param peer where its API listens, {@code tcp://ADDR:PORT}
   * @param target path and query as the other daemon is to see them, percent-encoded
   */
  public CompletionStage<Reply> exchange(URI peer, HttpRequest request, String target) {
    var address = new ListenAddress.Tcp(host(peer), peer.getPort());
    return dialer
        .connect(address)
        .thenCompose(channel -> ask(channel, request, target))
        .exceptionally(thrown -> silent(address, thrown));
  }

  private static String host(URI peer) {
    return peer.getHost() == null ? "" : peer.getHost().replaceAll("[\\[\\]]", "");
  }

  private CompletionStage<Reply> ask(SocketChannel channel, HttpRequest request, String target) {
    var lifeline = new Lifeline();
    var upgraded = new CompletableFuture<Upgraded>();
    var socket = Flow.fromGraph(new SocketStage(channel, dialer.readiness(), lifeline, LINGER));
    var response =
        Source.single(passedOn(request, target))
            // an ended half would tell the other daemon that its client went away
            .concat(Source.maybe())
            .via(client.atop(BidiFlow.fromGraph(new UpgradeStage(upgraded))).join(socket))
            .runWith(Sink.head(), materializer);
    var reply = new CompletableFuture<Reply>();
    upgraded.thenAccept(
        raw -> reply.complete(new Reply.Hijack(raw.contentType(), raw.output(), raw.input())));
    response.whenComplete((answer, failure) -> {
      if (failure == null) {
        reply.complete(new Reply.Http(received(answer, lifeline)));
      } else if (!upgraded.isDone()) {
        lifeline.cut();
        reply.completeExceptionally(failure);
      }
    });
    return reply;
  }

  private static HttpRequest passedOn(HttpRequest request, String target) {
    List<HttpHeader> headers =
        StreamSupport.stream(request.getHeaders().spliterator(), false)
            .filter(header -> !OURS.contains(header.lowercaseName()))
            .filter(header -> !header.lowercaseName().equals("connection") || upgrades(header))
            .toList();
    return HttpRequest.create("/")
        .withMethod(request.method())
        .withEntity(request.entity())
        .withHeaders(headers)
        .addHeader(Host.create("peer"))
        .addHeader(RawRequestURI.create(target));
  }

  private static boolean upgrades(HttpHeader header) {
    return header.value().toLowerCase(Locale.ROOT).contains("upgrade");
  }

  /** Ties the connection's end to the answer's end, whoever ends it. */
  private static HttpResponse received(HttpResponse response, Lifeline lifeline) {
    var answer = response;
    for (var own : List.of("Connection", "Server", "Date")) {
      answer = answer.removeHeader(own);
    }
    if (answer.entity().isStrict()) {
      lifeline.cut();
      return answer;
    }
    return answer.withEntity(watched(answer.entity(), lifeline));
  }

  private static ResponseEntity watched(ResponseEntity entity, Lifeline lifeline) {
    Source<ByteString, ?> data =
        entity
            .getDataBytes()
            .watchTermination((_, done) -> done.whenComplete((_, _) -> lifeline.cut()));
    var type = entity.getContentType();
    return switch (entity) {
      case HttpEntity.Default sized ->
          HttpEntities.create(type, sized.getContentLengthOption().orElseThrow(), data);
      case HttpEntity.CloseDelimited _ -> HttpEntities.createCloseDelimited(type, data);
      case ResponseEntity _ -> HttpEntities.createChunked(type, data);
    };
  }

  private static Reply silent(ListenAddress.Tcp address, Throwable thrown) {
    var cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    var reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return new Reply.Http(
        Problems.response(
            new Failure.Unavailable(
                "the daemon at %s can not be reached: %s".formatted(address, reason))));
  }
}
