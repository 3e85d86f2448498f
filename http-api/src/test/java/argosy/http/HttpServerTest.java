package argosy.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import argosy.http.endpoint.Reply;
import argosy.http.transport.ListenAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real sockets, Unix and TCP, a made-up front. */
class HttpServerTest {
  private static final String UPGRADE = "Connection: Upgrade\r\nUpgrade: tcp\r\n";

  @TempDir Path directory;
  private TestServer server;
  private final AtomicInteger streams = new AtomicInteger();
  private final AtomicInteger hijacks = new AtomicInteger();
  private final AtomicInteger inputs = new AtomicInteger();

  @BeforeEach
  void start() {
    server = new TestServer(directory, _ -> this::answer, 100);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    assertEquals(0, server.server.connections());
    assertEquals(0, streams.get());
  }

  private CompletionStage<Reply> answer(HttpRequest request) {
    return switch (request.getUri().path()) {
      case "/ping" -> http(HttpResponse.create().withEntity("OK"));
      case "/forever" -> http(forever());
      case "/echo" -> CompletableFuture.completedFuture(echo());
      case "/quiet" -> CompletableFuture.completedFuture(quiet());
      case "/size" ->
          request
              .entity()
              .getDataBytes()
              .runFold(0L, (n, bytes) -> n + bytes.size(), server.system)
              .thenApply(n -> new Reply.Http(HttpResponse.create().withEntity("size " + n)));
      case "/slow" -> new CompletableFuture<>();
      default -> throw new IllegalStateException("a bug");
    };
  }

  private static CompletionStage<Reply> http(HttpResponse response) {
    return CompletableFuture.completedFuture(new Reply.Http(response));
  }

  private HttpResponse forever() {
    streams.incrementAndGet();
    return HttpResponse.create()
        .withEntity(
            HttpEntities.createChunked(
                ContentTypes.APPLICATION_JSON,
                Source.single(ByteString.fromString("{}\n"))
                    .concat(Source.maybe())
                    .watchTermination(
                        (_, done) -> done.whenComplete((_, _) -> streams.decrementAndGet()))));
  }

  /** Sends back what comes and says "bye" when the client has ended its half. */
  private Reply.Hijack echo() {
    hijacks.incrementAndGet();
    var pair =
        Flow.of(ByteString.class)
            .buffer(16, OverflowStrategy.backpressure())
            .concat(Source.single(ByteString.fromString("bye")))
            .runWith(
                Source.asSubscriber(),
                Sink.asPublisher(org.apache.pekko.stream.javadsl.AsPublisher.WITHOUT_FANOUT),
                server.system);
    return new Reply.Hijack(
        "application/vnd.docker.raw-stream",
        Source.fromPublisher(pair.second()),
        Sink.fromSubscriber(pair.first()));
  }

  /** Says nothing and never ends by itself. */
  private Reply.Hijack quiet() {
    streams.incrementAndGet();
    return new Reply.Hijack(
        "application/vnd.docker.raw-stream",
        Source.<ByteString>maybe()
            .watchTermination((_, done) -> done.whenComplete((_, _) -> streams.decrementAndGet())),
        Sink.onComplete(_ -> inputs.incrementAndGet()));
  }

  @Test
  void answers_several_requests_on_one_connection() throws Exception {
    for (ListenAddress address : server.addresses()) {
      try (var client = RawClient.to(address)) {
        for (int i = 0; i < 3; i++) {
          var answer = client.send("GET /ping HTTP/1.1\r\nHost:\r\n\r\n").until("\r\n\r\nOK");
          assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
          assertTrue(answer.contains("Api-Version: 1."), answer);
          assertTrue(answer.contains("Server: Argosy/"), answer);
          assertTrue(answer.contains("(linux)\r\n"), answer);
          assertTrue(answer.contains("Ostype: linux\r\n"), answer);
          assertTrue(answer.contains("Docker-Experimental: false\r\n"), answer);
          assertTrue(answer.contains("Date: "), answer);
        }
      }
    }
  }

  @Test
  void takes_bodies_however_they_are_framed() throws Exception {
    for (ListenAddress address : server.addresses()) {
      try (var client = RawClient.to(address)) {
        client.send("POST /size HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
        client.until("size 5");
        client.send("POST /size HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
        client.send("3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n").until("size 7");
        client.send(
            "POST /size HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
        client.until("100 Continue");
        client.send("ab").until("size 2");
      }
    }
  }

  @Test
  void a_bug_is_a_500_and_the_connection_goes_on() throws Exception {
    try (var client = RawClient.to(server.unix)) {
      var answer = client.send("GET /bug HTTP/1.1\r\nHost: x\r\n\r\n").until("}\n");
      assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
      assertTrue(answer.contains("{\"message\":\""), answer);
      client.send("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n").until("\r\n\r\nOK");
    }
  }

  @Test
  void a_stream_ends_when_its_client_goes_away() throws Exception {
    for (ListenAddress address : server.addresses()) {
      var client = RawClient.to(address);
      client.send("GET /forever HTTP/1.1\r\nHost: x\r\n\r\n").until("{}\n");
      assertEquals(1, streams.get());
      client.close();
      TestServer.eventually(Duration.ofMillis(500), () -> streams.get() == 0);
      TestServer.eventually(Duration.ofSeconds(2), () -> server.server.connections() == 0);
    }
  }

  @Test
  void a_hijacked_connection_echoes_and_knows_half_closes() throws Exception {
    for (ListenAddress address : server.addresses()) {
      for (String headers : new String[] {UPGRADE, ""}) {
        try (var client = RawClient.to(address)) {
          client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n" + headers + "\r\n");
          var head = client.until("\r\n\r\n");
          assertEquals(
              headers.isEmpty()
                  ? "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.raw-stream\r\n\r\n"
                  : "HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.raw-stream\r\n"
                      + "Connection: Upgrade\r\nUpgrade: tcp\r\n\r\n",
              head);
          client.send("one").until("one");
          client.send("two").until("two");
          assertEquals("bye", client.halfClose().textUntilEnd());
        }
      }
    }
    TestServer.eventually(Duration.ofSeconds(2), () -> server.server.connections() == 0);
  }

  @Test
  void a_silent_client_s_end_is_noticed_at_once_and_an_ended_half_is_none() throws Exception {
    assumeTrue(
        Object.class.getModule().isOpen("sun.nio.ch", HttpServerTest.class.getModule()),
        "the JVM was not started as argosyd is");
    for (ListenAddress address : server.addresses()) {
      for (String headers : new String[] {UPGRADE, "", "X: y\r\nTransfer-Encoding: chunked\r\n"}) {
        var client = RawClient.to(address).resetsAtClose();
        int before = inputs.get();
        client.send("POST /quiet HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
        client.send(headers.contains("chunked") ? "0\r\n\r\n" : "").until("\r\n\r\n");
        client.halfClose();
        TestServer.eventually(Duration.ofSeconds(2), () -> inputs.get() > before);
        assertEquals(1, streams.get());
        client.close();
        TestServer.eventually(Duration.ofSeconds(1), () -> streams.get() == 0);
        TestServer.eventually(Duration.ofSeconds(1), () -> server.server.connections() == 0);
      }
    }
  }

  @Test
  void bytes_sent_right_behind_the_request_are_input() throws Exception {
    try (var client = RawClient.to(server.unix)) {
      client
          .send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}early ")
          .halfClose();
      assertTrue(client.textUntilEnd().endsWith("\r\n\r\nearly bye"));
    }
  }

  @Test
  void twenty_megabytes_come_back_identical() throws Exception {
    var bytes = new byte[20 * 1024 * 1024];
    new Random(1).nextBytes(bytes);
    for (ListenAddress address : server.addresses()) {
      try (var client = RawClient.to(address)) {
        client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n" + UPGRADE + "\r\n");
        client.until("\r\n\r\n");
        Thread.startVirtualThread(() -> {
          try {
            client.send(bytes).halfClose();
          } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
        var back = client.untilEnd();
        assertEquals(bytes.length + 3, back.length);
        assertArrayEquals(bytes, java.util.Arrays.copyOf(back, bytes.length));
      }
    }
  }

  @Test
  void stopping_ends_streams_hijacks_and_idle_connections() throws Exception {
    var clients = new java.util.ArrayList<RawClient>();
    for (String path : new String[] {"/ping", "/forever", "/echo", "/slow"}) {
      var client = RawClient.to(server.unix);
      client.send("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
      clients.add(client);
    }
    clients.get(1).until("{}\n");
    clients.get(2).until("\r\n\r\n");
    clients.get(0).until("OK");
    long start = System.nanoTime();
    server.server.stop().toCompletableFuture().join();
    assertTrue(Duration.ofNanos(System.nanoTime() - start).toMillis() < 2000);
    assertEquals(0, server.server.connections());
    assertFalse(Files.exists(directory.resolve("test.sock")));
    assertTrue(clients.get(1).textUntilEnd().endsWith("0\r\n\r\n"));
    for (RawClient client : clients) {
      client.untilEnd();
      client.close();
    }
  }
}
