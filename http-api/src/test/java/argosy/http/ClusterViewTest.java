package argosy.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.http.dispatch.Dispatch;
import argosy.http.endpoint.Call;
import argosy.http.endpoint.Call.View;
import argosy.http.endpoint.Endpoint;
import argosy.http.endpoint.Endpoint.Subject;
import argosy.http.endpoint.Reply;
import argosy.http.transport.ListenAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.AsPublisher;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two daemons' HTTP in one JVM, n1 asked and n2 behind it; a made-up cluster and made-up lines. */
class ClusterViewTest {
  @TempDir Path directory;
  private final FakeCluster cluster = new FakeCluster();
  private final AtomicInteger streams = new AtomicInteger();
  private final Set<String> asked = new ConcurrentSkipListSet<>();
  private TestServer one;
  private TestServer two;

  @BeforeEach
  void start() throws IOException {
    one = server("n1", View.HOST);
    two = server("n2", View.HOST);
    cluster.peer = ((ListenAddress.Tcp) two.tcp).port();
  }

  private TestServer server(String name, View view) throws IOException {
    var home = Files.createDirectory(directory.resolve(name));
    return new TestServer(
        home,
        server -> {
          var dispatch =
              new Dispatch(
                  lines(name, server),
                  FakeCluster.NO_ENGINE,
                  cluster,
                  server.peers(),
                  server.materializer());
          return request -> dispatch.answer(view, request);
        },
        100);
  }

  @AfterEach
  void stop() throws Exception {
    TestServer.eventually(Duration.ofSeconds(2), () -> two.server.connections() == 0);
    one.close();
    two.close();
    assertEquals(0, streams.get());
  }

  private List<Endpoint> lines(String name, TestServer server) {
    return List.of(
        Endpoint.protocol("GET", "/who", call -> text(engineOf(call))),
        Endpoint.bytes("GET", "/containers/{id}/where", Subject.CONTAINER, _ -> text(name)),
        Endpoint.bytes(
            "POST",
            "/containers/{id}/size",
            Subject.CONTAINER,
            call ->
                call.request()
                    .entity()
                    .getDataBytes()
                    .runFold(0L, (n, bytes) -> n + bytes.size(), call.materializer())
                    .thenApply(n -> http(HttpResponse.create().withEntity(name + " " + n)))),
        Endpoint.bytes("GET", "/containers/{id}/forever", Subject.CONTAINER, _ -> forever("{}\n")),
        Endpoint.bytes("GET", "/containers/{id}/export", Subject.CONTAINER, _ -> export()),
        Endpoint.bytes("POST", "/containers/{id}/attach", Subject.CONTAINER, _ -> echo(server)),
        Endpoint.bytes(
            "GET",
            "/events",
            Subject.EVERY_NODE,
            _ -> forever("{\"Type\":\"container\",\"Actor\":{\"ID\":\"1\",\"Attributes\":{}}}\n")),
        new Endpoint("POST", "/images/create", reachOfCreate(), call -> create(name, call)));
  }

  /** The real line's way to other nodes. */
  private static Endpoint.Reach reachOfCreate() {
    return Routes.all(InstantSource.system(), "0").stream()
        .filter(line -> line.method().equals("POST") && line.path().equals("/images/create"))
        .findFirst()
        .orElseThrow()
        .reach();
  }

  private static String engineOf(Call call) {
    return call.engine() == FakeCluster.WHOLE
        ? "whole"
        : call.engine() == FakeCluster.REMOTE ? "remote" : "local";
  }

  private static CompletionStage<Reply> text(String text) {
    return CompletableFuture.completedFuture(http(HttpResponse.create().withEntity(text)));
  }

  private static Reply http(HttpResponse response) {
    return new Reply.Http(response);
  }

  private CompletionStage<Reply> forever(String first) {
    streams.incrementAndGet();
    return CompletableFuture.completedFuture(
        http(
            HttpResponse.create()
                .withEntity(
                    HttpEntities.createChunked(
                        ContentTypes.APPLICATION_JSON,
                        Source.single(ByteString.fromString(first))
                            .concat(Source.maybe())
                            .watchTermination((_, done) ->
                                done.whenComplete((_, _) -> streams.decrementAndGet()))))));
  }

  private static CompletionStage<Reply> export() {
    return CompletableFuture.completedFuture(
        http(
            HttpResponse.create()
                .withEntity(
                    HttpEntities.createChunked(
                        ContentTypes.APPLICATION_OCTET_STREAM,
                        Source.repeat(ByteString.fromArray(new byte[64 * 1024])).take(80)))));
  }

  /** Every node has "everywhere", n1 has "half", none has the others. */
  private CompletionStage<Reply> create(String name, Call call) {
    asked.add(name + " " + call.request().getHeader("X-Registry-Auth").map(it -> it.value()));
    if (call.parameter("fromImage").isEmpty()) {
      return call.request()
          .entity()
          .getDataBytes()
          .runFold("", (text, bytes) -> text + bytes.utf8String(), call.materializer())
          .thenApply(body -> http(HttpResponse.create().withEntity(name + " got " + body)));
    }
    var image = call.parameter("fromImage").get();
    if (image.equals("everywhere") || (image.equals("half") && name.equals("n1"))) {
      return text("{\"status\":\"Pulling\",\"id\":\"abc\"}\n{\"status\":\"Done\"}\n");
    }
    if (image.equals("broken") && name.equals("n1")) {
      return text(
          "{\"status\":\"Pulling\"}\n{\"errorDetail\":{\"message\":\"no room\"},\"error\":\"no room\"}\n");
    }
    return CompletableFuture.completedFuture(
        http(
            HttpResponse.create().withStatus(404).withEntity("{\"message\":\"no such image\"}\n")));
  }

  private static CompletionStage<Reply> echo(TestServer server) {
    var pair =
        Flow.of(ByteString.class)
            .concat(Source.single(ByteString.fromString("bye")))
            .runWith(
                Source.asSubscriber(), Sink.asPublisher(AsPublisher.WITHOUT_FANOUT), server.system);
    return CompletableFuture.completedFuture(
        new Reply.Hijack(
            "application/vnd.docker.raw-stream",
            Source.fromPublisher(pair.second()),
            Sink.fromSubscriber(pair.first())));
  }

  private String get(String path) throws IOException {
    try (var client = RawClient.to(one.unix)) {
      return client
          .send("GET " + path + " HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n")
          .textUntilEnd();
    }
  }

  @Test
  void each_view_speaks_to_its_engine() throws Exception {
    assertTrue(get("/v1.41/who").endsWith("local"));
    assertTrue(get("/node/n1/v1.41/who").endsWith("local"));
    assertTrue(get("/node/n2/v1.41/who").endsWith("remote"));
    assertTrue(get("/cluster/who").endsWith("whole"));
    assertTrue(get("/node/nope/who").startsWith("HTTP/1.1 404 "));
  }

  @Test
  void bytes_come_from_the_node_that_has_them() throws Exception {
    assertTrue(get("/containers/c2/where").endsWith("n1"));
    assertTrue(get("/node/n2/containers/c1/where").endsWith("n2"));
    assertTrue(get("/cluster/v1.30/containers/c2/where").endsWith("n2"));
    assertTrue(get("/cluster/v1.30/containers/c1/where").endsWith("n1"));
    var missing = get("/cluster/containers/c9/where");
    assertTrue(missing.endsWith("{\"message\":\"No such container: c9\"}\n"), missing);
  }

  @Test
  void unknown_lines_are_pages_not_found_in_every_view() throws Exception {
    for (var path : List.of("/x", "/node/n2/v1.41/x", "/cluster/x", "/v1.41/containers/a/b/c")) {
      var answer = get(path);
      assertTrue(answer.startsWith("HTTP/1.1 404 Not Found\r\n"), answer);
      assertTrue(answer.endsWith("\r\n\r\n{\"message\":\"page not found\"}\n"), answer);
    }
    try (var client = RawClient.to(one.unix)) {
      client.send("DELETE /who HTTP/1.1\r\nHost: x\r\n\r\n").until("page not found");
      client.send("OPTIONS /who HTTP/1.1\r\nHost: x\r\n\r\n").until("HTTP/1.1 200 OK");
    }
  }

  @Test
  void uploads_and_downloads_pass_through() throws Exception {
    try (var client = RawClient.to(one.tcp)) {
      client.send(
          "POST /node/n2/containers/x/size HTTP/1.1\r\nHost: x\r\nContent-Length: 3000000\r\n\r\n");
      client.send(new byte[3_000_000]).until("n2 3000000");
    }
    assertTrue(get("/node/n2/containers/x/export").length() > 80 * 64 * 1024);
  }

  @Test
  void a_stream_on_another_node_ends_when_its_client_goes_away() throws Exception {
    var client = RawClient.to(one.unix);
    client.send("GET /node/n2/containers/x/forever HTTP/1.1\r\nHost: x\r\n\r\n").until("{}\n");
    assertEquals(1, streams.get());
    client.close();
    TestServer.eventually(Duration.ofMillis(1000), () -> streams.get() == 0);
  }

  @Test
  void a_hijacked_exchange_reaches_the_other_node_both_ways() throws Exception {
    var bytes = new byte[5 * 1024 * 1024];
    new Random(2).nextBytes(bytes);
    for (var upgrade : List.of("Connection: Upgrade\r\nUpgrade: tcp\r\n", "")) {
      try (var client = RawClient.to(one.unix)) {
        client.send(
            "POST /node/n2/v1.41/containers/x/attach HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n"
                + upgrade
                + "\r\n");
        var head = client.until("\r\n\r\n");
        assertTrue(
            head.startsWith(upgrade.isEmpty() ? "HTTP/1.1 200 OK" : "HTTP/1.1 101 UPGRADED"), head);
        client.send("hello").until("hello");
        Thread.startVirtualThread(() -> {
          try {
            client.send(bytes).halfClose();
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
        var back = client.untilEnd();
        assertEquals(bytes.length + 3, back.length);
        assertArrayEquals(bytes, Arrays.copyOf(back, bytes.length));
      }
    }
  }

  @Test
  void events_of_every_node_say_where_they_happened() throws Exception {
    try (var client = RawClient.to(one.unix)) {
      client.send("GET /cluster/events HTTP/1.1\r\nHost: x\r\n\r\n");
      var text = client.until("\"node\":\"n1\"", "\"node\":\"n2\"");
      assertTrue(text.contains("Warning: 199 argosy \"these nodes do not answer: n3\""), text);
    }
    TestServer.eventually(Duration.ofSeconds(5), () -> streams.get() == 0);
  }

  private String create(String query, String body) throws IOException {
    try (var client = RawClient.to(one.unix)) {
      return client
          .send(
              "POST /cluster/images/create?"
                  + query
                  + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Registry-Auth: e30=\r\n"
                  + "Content-Length: "
                  + body.length()
                  + "\r\n\r\n"
                  + body)
          .textUntilEnd();
    }
  }

  @Test
  void a_pull_runs_on_every_node_with_the_clients_credentials() throws Exception {
    var text = create("fromImage=everywhere&tag=1", "");
    assertEquals(Set.of("n1 Optional[e30=]", "n2 Optional[e30=]"), asked);
    for (var node : List.of("n1", "n2")) {
      assertTrue(text.contains("{\"status\":\"Pulling\",\"id\":\"" + node + " abc\"}\n"), text);
      assertTrue(text.contains("{\"status\":\"" + node + ": Done\"}\n"), text);
    }
    assertTrue(text.contains("{\"status\":\"n3: it does not answer\"}\n"), text);
    assertFalse(text.contains("error"), text);
  }

  @Test
  void a_pull_that_some_node_failed_is_no_error() throws Exception {
    var text = create("fromImage=half", "");
    assertTrue(text.contains("{\"status\":\"n1: Done\"}\n"), text);
    assertTrue(text.contains("{\"status\":\"n2: no such image\"}\n"), text);
    assertFalse(text.contains("error"), text);
  }

  @Test
  void a_pull_that_every_node_failed_ends_with_the_reasons() throws Exception {
    var text = create("fromImage=broken", "");
    var reasons = "n1: no room; n2: no such image; n3: it does not answer";
    assertTrue(
        text.contains(
            "{\"errorDetail\":{\"message\":\"%s\"},\"error\":\"%s\"}\n"
                .formatted(reasons, reasons)),
        text);
    assertEquals(text.indexOf("\"error\""), text.lastIndexOf("\"error\""), text);
    var nowhere = create("fromImage=nowhere", "");
    assertTrue(nowhere.startsWith("HTTP/1.1 404 "), nowhere);
    assertTrue(nowhere.endsWith("{\"message\":\"no such image\"}\n"), nowhere);
  }

  @Test
  void an_import_stays_on_the_node_that_got_its_body() throws Exception {
    var text = create("fromSrc=-&repo=mine", "archive");
    assertTrue(text.endsWith("n1 got archive"), text);
    assertEquals(Set.of("n1 Optional[e30=]"), asked);
  }

  @Test
  void a_daemon_that_is_gone_is_a_503() throws Exception {
    cluster.peer = 1;
    var answer = get("/node/n2/containers/x/where");
    assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
    assertTrue(answer.contains("the daemon at tcp://127.0.0.1:1 can not be reached"), answer);
  }

  /** As dockerd 20.10.24 answers, in every view. */
  @Test
  void odd_requests_are_answered_as_dockerd_does() throws Exception {
    for (String base : List.of("", "/cluster", "/node/n2")) {
      assertEquals("301 " + base + "/v1.41/who?a=%zz", said("GET", base + "//v1.41/./who?a=%zz"));
      assertTrue(said("GET", base + "/%77ho?b=%zz&;x").startsWith("200"), base);
      assertTrue(said("GET", "http://elsewhere" + base + "/who").startsWith("200"), base);
      for (String word : List.of("BREW", "get", "POST", "TRACE")) {
        assertEquals("404 ", said(word, base + "/who"));
      }
      assertEquals("404 ", said("GET", base + "/who/"));
      assertEquals("400 ", said("GET", base + "/v1/who"));
      assertTrue(said("GET", base + "/who?x=" + "y".repeat(300_000)).startsWith("200"), base);
    }
  }

  /** Status and Location of an answer. */
  private String said(String method, String target) throws Exception {
    try (var client = RawClient.to(one.unix)) {
      var answer =
          client
              .send(method + " " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
              .textUntilEnd();
      var location =
          answer
              .lines()
              .filter(line -> line.startsWith("Location: "))
              .map(line -> line.substring(10))
              .findFirst();
      return answer.substring(9, 13) + location.orElse("");
    }
  }
}
