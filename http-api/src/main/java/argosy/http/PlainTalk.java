package argosy.http;

import argosy.http.endpoint.Reply;
import argosy.http.plain.AnswerText;
import argosy.http.plain.Heard;
import argosy.http.plain.RequestText;
import argosy.http.transport.Lifeline;
import argosy.http.transport.PlainSocket;
import argosy.http.transport.Readiness;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import java.util.concurrent.Executor;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * A connection without the HTTP library, for as long as its requests are plain: each is read,
 * answered and written, with no stream set up for it. The library's streams cost more than all the
 * rest of a short request; they are set up for the first request that needs them, and then read all
 * that is left of the connection.
 */
final class PlainTalk {
  private final HttpConnection connection;
  private final Lifeline lifeline;
  private final AnswerText text;
  private final Executor executor;
  private final PlainSocket socket;
  private ByteString unread = ByteString.emptyByteString();

  private PlainTalk(
      HttpConnection connection,
      SocketChannel channel,
      Readiness readiness,
      Lifeline lifeline,
      HttpLayer layer)
      throws IOException {
    this.connection = connection;
    this.lifeline = lifeline;
    this.text = layer.text();
    this.executor = layer.executor();
    this.socket = new PlainSocket(channel, readiness, lifeline, this::heard);
  }

  /** Begins to listen. */
  static void begin(
      HttpConnection connection,
      SocketChannel channel,
      Readiness readiness,
      Lifeline lifeline,
      HttpLayer layer)
      throws IOException {
    new PlainTalk(connection, channel, readiness, lifeline, layer).socket.listen();
  }

  private void heard(ByteString bytes) {
    unread = unread.concat(bytes);
    next();
  }

  private void next() {
    switch (unread.isEmpty() ? new Heard.Part() : RequestText.read(unread)) {
      case Heard.Part _ -> socket.listen();
      case Heard.Unusual _ -> connection.serveByLibrary(socket.release(), unread);
      case Heard.Whole whole -> {
        unread = unread.drop(whole.length());
        begin(whole);
      }
    }
  }

  /**
   * A question is short to read, and no handler blocks: another thread would only be waited for.
   */
  private void begin(Heard.Whole whole) {
    String method = whole.request().method().name();
    if (method.equals("GET") || method.equals("HEAD")) {
      answer(whole);
    } else {
      executor.execute(() -> answer(whole));
    }
  }

  private void answer(Heard.Whole whole) {
    HttpRequest request = whole.request();
    connection
        .reply(request)
        .thenAccept(reply -> {
          switch (reply) {
            case Reply.Http(var response) -> say(whole, connection.respond(response));
            case Reply.Hijack hijack -> handOver(request, hijack);
          }
        });
  }

  private void say(Heard.Whole whole, HttpResponse response) {
    boolean headOnly = whole.request().method().name().equals("HEAD");
    boolean last = whole.last() || connection.isStopping();
    if (response.entity().isStrict()) {
      socket.say(text.whole(response, headOnly, last, Instant.now()), () -> said(last));
    } else {
      stream(Sink.ignore(), text.streamed(response, headOnly, Instant.now()));
    }
  }

  private void said(boolean last) {
    connection.rests();
    if (last || connection.isStopping()) {
      socket.close();
    } else {
      next();
    }
  }

  private void handOver(HttpRequest request, Reply.Hijack hijack) {
    connection.rests();
    var head = Source.single(HijackHead.of(request, hijack.contentType()));
    stream(hijack.input(), head.concat(hijack.output()));
  }

  /** The connection is all theirs; when the output ends, nobody listens any more either. */
  private void stream(Sink<ByteString, ?> input, Source<ByteString, ?> output) {
    SharedKillSwitch over = KillSwitches.shared("answered");
    var said =
        output
            .onErrorComplete()
            .watchTermination((_, done) -> done.whenComplete((_, _) -> over.shutdown()));
    var early = unread.isEmpty() ? Source.<ByteString>empty() : Source.single(unread);
    Sink<ByteString, ?> listening =
        Flow.of(ByteString.class)
            .via(over.<ByteString>flow())
            .prepend(early)
            .toMat(input, Keep.right());
    connection.stream(socket.release(), Flow.fromSinkAndSource(listening, said));
  }
}
