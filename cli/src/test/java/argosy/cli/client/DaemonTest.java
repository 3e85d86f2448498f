package argosy.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.cli.json.Json;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DaemonTest {
  private final List<String> warnings = new ArrayList<>();

  private static ScriptedDaemon scripted(String carrier, ScriptedDaemon.Script script)
      throws IOException {
    return carrier.equals("unix") ? ScriptedDaemon.onUnix(script) : ScriptedDaemon.onTcp(script);
  }

  private Daemon daemon(ScriptedDaemon scripted) throws IOException {
    return new Daemon(Address.parse(scripted.url()), warnings::add);
  }

  private String body(String carrier, String answer) throws IOException {
    try (var scripted = scripted(carrier, exchange -> exchange.send(answer));
        var got = daemon(scripted).get(Target.of("x"))) {
      return new String(got.body().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix", "tcp"})
  void bodies_end_where_http_says(String carrier) throws IOException {
    String ok = "HTTP/1.1 200 OK\r\n";
    assertEquals("hello", body(carrier, ok + "Content-Length: 5\r\n\r\nhello, not this"));
    assertEquals("to the end", body(carrier, ok + "\r\nto the end"));
    assertEquals("", body(carrier, "HTTP/1.1 204 No Content\r\n\r\nnot this"));
    assertEquals(
        "hello you",
        body(
            carrier,
            ok
                + "transfer-ENCODING: Chunked\r\n\r\n5\r\nhello\r\n4;ext=1\r\n you\r\n"
                + "0\r\nTrailer: x\r\n\r\nnot this"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix", "tcp"})
  void a_body_cut_short_is_an_error(String carrier) {
    String ok = "HTTP/1.1 200 OK\r\n";
    assertThrows(EOFException.class, () -> body(carrier, ok + "Content-Length: 50\r\n\r\nhello"));
    assertThrows(
        EOFException.class,
        () -> body(carrier, ok + "Transfer-Encoding: chunked\r\n\r\n50\r\nhello"));
    assertThrows(
        EOFException.class,
        () -> body(carrier, ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"));
    assertThrows(EOFException.class, () -> body(carrier, "HTTP/1.1 200 OK\r\nContent-Le"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix", "tcp"})
  void json_values_come_one_by_one_as_they_are_sent(String carrier) throws Exception {
    var goOn = new java.util.concurrent.CountDownLatch(1);
    ScriptedDaemon.Script script =
        exchange -> {
          exchange.send(
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{\"a\":1}\n\r\n");
          awaitQuietly(goOn);
          exchange.send("4\r\n{\"a\"\r\n4\r\n:2}\n\r\n0\r\n\r\n");
        };
    try (var scripted = scripted(carrier, script);
        var answer = daemon(scripted).get(Target.of("events"));
        var stream = answer.jsonStream()) {
      assertEquals(new Json(Map.of("a", 1)), stream.next());
      goOn.countDown();
      assertEquals(new Json(Map.of("a", 2)), stream.next());
      assertEquals(null, stream.next());
    }
  }

  private static void awaitQuietly(java.util.concurrent.CountDownLatch latch) {
    try {
      assertTrue(latch.await(10, java.util.concurrent.TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix", "tcp"})
  void a_refusal_carries_status_and_the_daemons_words(String carrier) throws IOException {
    assertEquals(
        "No such container: x", refusal(carrier, "{\"message\":\"No such container: x\"}"));
    assertEquals("plain words", refusal(carrier, "plain words\n"));
    assertEquals("the daemon answered with status 404", refusal(carrier, ""));
  }

  private String refusal(String carrier, String body) throws IOException {
    try (var scripted = scripted(carrier, exchange -> exchange.answer(404, body))) {
      var refusal = assertThrows(Refusal.class, () -> daemon(scripted).post(Target.of("x")));
      assertEquals(404, refusal.status());
      return refusal.said();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix", "tcp"})
  void a_hijacked_line_keeps_what_came_behind_the_head_and_half_closes(String carrier)
      throws IOException {
    ScriptedDaemon.Script script =
        exchange -> {
          exchange.send("HTTP/1.1 101 UPGRADED\r\nUpgrade: tcp\r\n\r\nfirst ");
          exchange.send("got " + exchange.rest());
        };
    try (var scripted = scripted(carrier, script);
        var line = daemon(scripted).hijack(Target.of("attach"), new Json(Map.of("Tty", false)))) {
      line.output().write("keys".getBytes(StandardCharsets.UTF_8));
      line.endOutput();
      assertEquals(
          "first got keys", new String(line.input().readAllBytes(), StandardCharsets.UTF_8));
      assertEquals(List.of("POST /attach {\"Tty\":false}"), scripted.requests());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix", "tcp"})
  void requests_say_what_they_should(String carrier) throws IOException {
    var heads = new ArrayList<String>();
    ScriptedDaemon.Script script =
        exchange -> {
          heads.add(exchange.head());
          exchange.answer(200, "{}");
        };
    try (var scripted = scripted(carrier, script)) {
      Address node = Address.parse(scripted.url()).under("/node/n2");
      var daemon = new Daemon(node, warnings::add);
      daemon.post(Target.of("a").with("q", "x y&z"), new Json(List.of("ü"))).json();
      daemon.post(Target.of("b")).json();
      daemon.delete(Target.of("images", "host:5000/a b", "json")).json();
      assertEquals(
          List.of(
              "POST /node/n2/a?q=x%20y%26z [\"ü\"]",
              "POST /node/n2/b", "DELETE /node/n2/images/host:5000/a%20b/json"),
          scripted.requests());
      assertTrue(heads.get(0).contains("Content-Type: application/json\r\nContent-Length: 6\r\n"));
      assertTrue(heads.get(1).contains("Content-Length: 0\r\n"));
      assertTrue(heads.get(0).contains("\r\nHost: "));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix", "tcp"})
  void what_is_said_beside_an_answer_is_passed_on(String carrier) throws IOException {
    String head =
        "HTTP/1.1 200 OK\r\nWarning: 299 argosy \"n3 is silent\"\r\nContent-Length: 0\r\n\r\n";
    assertEquals("", body(carrier, head));
    assertEquals(List.of("n3 is silent"), warnings);
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix", "tcp"})
  void another_protocol_is_told_apart(String carrier) {
    var failure = assertThrows(IOException.class, () -> body(carrier, "220 mail ready\r\n"));
    assertTrue(String.valueOf(failure.getMessage()).contains("not HTTP"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix:///nowhere/sock", "tcp://127.0.0.1:1"})
  void nobody_there_is_said_so(String url) {
    var daemon = new Daemon(Address.parse(url), warnings::add);
    var failure = assertThrows(Unreachable.class, () -> daemon.get(Target.of("_ping")));
    assertEquals(
        "can not reach the daemon at " + url + ": is argosyd running?", failure.getMessage());
  }
}
