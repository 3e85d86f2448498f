package argosy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import argosy.engine.container.ContainerStreams.Attached;
import argosy.engine.container.ContainerStreams.Channel;
import argosy.engine.container.ContainerStreams.Output;
import argosy.engine.failure.Outcome;
import argosy.http.endpoint.Reply;
import argosy.http.transport.ListenAddress;
import argosy.http.version.ApiVersion;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.stream.javadsl.AsPublisher;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Attach over WebSocket with the JDK's client, to this daemon and through it to another. */
class AttachSocketTest extends RoutesFixture {
  private static final String ATTACH = "/containers/web/attach/ws?stream=1&stdin=1&stdout=1";

  @TempDir Path directory;
  private final HttpClient http = HttpClient.newHttpClient();
  private TestServer server;

  /** Says what came, in order: {@code text:…}, {@code binary:…}, {@code closed:CODE}. */
  private static final class Heard implements WebSocket.Listener {
    private final BlockingQueue<String> words = new LinkedBlockingQueue<>();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      words.add("text:" + data);
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      words.add("binary:" + StandardCharsets.UTF_8.decode(data));
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      words.add("closed:" + code);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      words.add("error:" + error);
    }

    String next() throws InterruptedException {
      return String.valueOf(words.poll(20, TimeUnit.SECONDS));
    }
  }

  @BeforeEach
  void open() {
    server =
        new TestServer(
            directory,
            test ->
                request ->
                    request.getUri().path().startsWith("/far")
                        ? test.peers().exchange(address(test), request, ATTACH)
                        : here(request),
            100);
  }

  @AfterEach
  void close() throws Exception {
    http.close();
    server.close();
  }

  private static URI address(TestServer server) {
    return URI.create("tcp://127.0.0.1:" + ((ListenAddress.Tcp) server.tcp).port());
  }

  private CompletionStage<Reply> here(HttpRequest request) {
    try {
      return CompletableFuture.completedFuture(
          answer("GET", request.getUri().toRelative().toString(), request));
    } catch (Exception e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** A process that answers every piece of input, and ends when {@code end} is said. */
  private CompletableFuture<Void> echoing() {
    var ended = new CompletableFuture<Void>();
    var pair =
        Flow.of(ByteString.class)
            .takeWhile(bytes -> !bytes.utf8String().equals("end"))
            .map(bytes -> ByteString.fromString("you said ").concat(bytes))
            .watchTermination((seen, done) -> {
              done.whenComplete((_, _) -> ended.complete(null));
              return seen;
            })
            .runWith(Source.asSubscriber(), Sink.asPublisher(AsPublisher.WITHOUT_FANOUT), SYSTEM);
    Source<Output, NotUsed> output =
        Source.fromPublisher(pair.second()).map(bytes -> new Output(Channel.STDOUT, bytes));
    engine.containerStreams =
        streams(
            Map.of(
                "attach",
                Outcome.ok(new Attached(false, output, Sink.fromSubscriber(pair.first())))));
    return ended;
  }

  private WebSocket connect(String path, Heard heard) {
    return http.newWebSocketBuilder()
        .buildAsync(URI.create(address(server).toString().replace("tcp:", "ws:") + path), heard)
        .orTimeout(20, TimeUnit.SECONDS)
        .join();
  }

  void output_comes_in_binary_messages_and_input_in_either_kind() throws Exception {
    for (String path : List.of(ATTACH, "/far")) {
      var ended = echoing();
      var heard = new Heard();
      var socket = connect(path, heard);
      socket.sendText("hi", true);
      assertEquals("binary:you said hi", heard.next());
      socket.sendBinary(ByteBuffer.wrap("there".getBytes(StandardCharsets.UTF_8)), true);
      assertEquals("binary:you said there", heard.next());
      socket.sendText("end", true);
      assertEquals("closed:1000", heard.next());
      ended.get(20, TimeUnit.SECONDS);
      TestServer.eventually(Duration.ofSeconds(10), () -> server.server.connections() == 0);
    }
  }

  void before_1_28_output_comes_as_text() throws Exception {
    version = new ApiVersion(1, 27);
    echoing();
    var heard = new Heard();
    var socket = connect(ATTACH, heard);
    socket.sendText("hi", true);
    assertEquals("text:you said hi", heard.next());
    socket.abort();
  }

  void a_client_that_goes_away_ends_both_streams() throws Exception {
    for (String path : List.of(ATTACH, "/far")) {
      var ended = echoing();
      var heard = new Heard();
      var socket = connect(path, heard);
      socket.sendText("hi", true);
      assertEquals("binary:you said hi", heard.next());
      socket.abort();
      ended.get(20, TimeUnit.SECONDS);
      TestServer.eventually(Duration.ofSeconds(10), () -> server.server.connections() == 0);
    }
  }

  void a_plain_request_is_refused() throws Exception {
    assertEquals(400, http("GET", ATTACH).status().intValue());
  }
}
