package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A container's live streams, with clients that behave and clients that do not. */
class StreamsIT extends OneHost {
  private static final String ALL = "/attach?stream=1&stdin=1&stdout=1&stderr=1";
  private static final String EXEC =
      "{\"AttachStdin\":true,\"AttachStdout\":true,\"Cmd\":[\"sleep\",\"1000\"]}";

  StreamsIT() {
    super(23);
  }

  @AfterEach
  void no_container_is_left() {
    var ids = daemon.docker("ps", "-aq").ok().lines().filter(it -> !it.isBlank()).toList();
    ids.forEach(id -> daemon.docker("rm", "-f", id).ok());
  }

  private RawStream attach(String container, String query) {
    return RawStream.hijack(daemon, "/v1.41/containers/" + container + query, "");
  }

  private void run(String name, String options, String script) {
    var words = new java.util.ArrayList<>(List.of("run", "-d", "--name", name));
    words.addAll(List.of(options.split(" ")));
    words.addAll(List.of(busybox, "sh", "-c", script));
    daemon.docker(words.toArray(String[]::new)).ok();
  }

  private boolean runs(String name) {
    return daemon.docker("inspect", "-f", "{{.State.Running}}", name).ok().equals("true");
  }

  @Test
  void the_cli_detaches_with_its_own_keys_from_a_terminal() {
    run("shell", "-it", "while read x; do echo got $x; done");
    var attach =
        String.join(" ", Daemon.command(daemon.socket(), "attach", "--detach-keys=x,y", "shell"));
    // it types only once it has read an answer, so that the keys meet a terminal in raw mode
    var typed =
        "{ until docker_said; do sleep 0.2; done; printf xy; }"
            .replace("docker_said", "grep -q 'got hello' typed.log")
            .replace("{ until", "{ sleep 1; printf 'hello\\r'; until");
    var script =
        "cd %s && rm -f typed.log && touch typed.log && %s | script -qefc '%s' typed.log"
            .formatted(directory, typed, attach);
    var result = Shell.run(List.of("sh", "-c", script));
    assertTrue(result.out().contains("got hello"), result.out());
    assertTrue(result.out().contains("read escape sequence"), result.out());
    assertTrue(runs("shell"));
  }

  @Test
  void a_terminal_is_resized_before_its_command_reads_it_and_while_it_runs() {
    daemon.docker("create", "-it", "--name", "size", busybox, "sh", "-c", "read x; stty size").ok();
    var api = Api.of(daemon);
    String id = daemon.docker("inspect", "-f", "{{.Id}}", "size").ok();
    var early = api.post("/containers/size/resize?h=10&w=20", "");
    assertEquals(409, early.status());
    assertEquals("{\"message\":\"Container " + id + " is not running\"}\n", early.body());
    try (var terminal = attach("size", ALL)) {
      daemon.docker("start", "size").ok();
      assertEquals(200, api.post("/containers/size/resize?h=33&w=77", "").status());
      assertTrue(terminal.send("\n").untilEnd().contains("33 77"));
    }
  }

  @Test
  void the_client_s_half_close_is_the_container_s_end_of_input_and_output_goes_on() {
    daemon.docker("create", "-i", "--name", "count", busybox, "sh", "-c", "wc -c; echo done").ok();
    // as `run -i` makes it: the first client's end is the end for good
    try (var client = attach("count", ALL)) {
      daemon.docker("start", "count").ok();
      client.send("12345").halfClose();
      assertTrue(client.untilEnd().matches("(?s).*\u0001...\\x00\\x00\\x00.5\n.*done\n"));
    }
  }

  @Test
  void every_client_sees_what_it_asked_for() {
    run("pair", "-i", "read x; echo out; echo err >&2; read y");
    try (var first = attach("pair", ALL);
        var second = attach("pair", "/attach?stream=1&stdout=1");
        var third = attach("pair", "/attach?stream=1&stderr=1")) {
      first.send("go\n");
      first.until("out\n");
      first.until("err\n");
      second.until("out\n");
      third.until("err\n");
      first.send("end\n");
      assertTrue(!second.untilEnd().contains("err"));
      assertTrue(!third.untilEnd().contains("out"));
      assertTrue(first.untilEnd().contains("out"));
    }
    try (var late = attach("pair", "/attach?logs=1&stdout=1")) {
      assertTrue(late.untilEnd().endsWith("out\n"));
    }
    var attach = daemon.docker("attach", "pair");
    assertEquals(1, attach.code());
    assertEquals("You cannot attach to a stopped container, start it first", attach.err());
  }

  @Test
  void a_websocket_carries_the_streams_too() {
    run("socket", "-i", "read x; echo got $x");
    try (var socket =
        RawStream.open(
            daemon,
            "GET",
            "/v1.43/containers/socket/attach/ws?stream=1&stdin=1&stdout=1",
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
            "")) {
      // the key and the answer of RFC 6455, section 1.3
      socket.until("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
      // a masked text message of three bytes, with a mask of zeros
      socket.send(new byte[] {(byte) 0x81, (byte) 0x83, 0, 0, 0, 0, 'h', 'i', '\n'});
      socket.until("\u0082\u0007got hi\n");
      socket.until("\u0088");
    }
  }

  @Test
  void clients_that_close_without_a_word_leave_nothing_behind() {
    run("quiet", "-i", "sleep 1000");
    var kinds = new LinkedHashMap<String, Supplier<RawStream>>();
    kinds.put("attached", () -> attach("quiet", "/attach?stream=1&stdout=1"));
    kinds.put("attached, half closed", () -> attach("quiet", ALL).halfClose());
    kinds.put("events", () -> get("/v1.41/events"));
    kinds.put("logs", () -> get("/v1.41/containers/quiet/logs?follow=1&stdout=1"));
    kinds.put("exec, half closed", this::exec);
    kinds.forEach((kind, open) -> {
      long before = sockets();
      var clients = Stream.generate(open).limit(6).toList();
      assertTrue(sockets() >= before + 6, kind);
      clients.forEach(RawStream::close);
      // the JDK keeps a pair of its own for all that is read as it grows
      Shell.await("the sockets are closed: " + kind, () -> sockets() <= before + 2);
    });
    assertTrue(runs("quiet"));
  }

  private RawStream get(String path) {
    return RawStream.open(daemon, "GET", path, "", "");
  }

  private RawStream exec() {
    var made = Api.of(daemon).post("/containers/quiet/exec", EXEC).ok();
    return RawStream.hijack(daemon, "/exec/" + made.json().path("Id").asText() + "/start", "{}")
        .halfClose();
  }

  @Test
  void what_a_client_sent_before_it_went_is_still_the_container_s() {
    run("late", "-i", "read x; sleep 1; read y; echo $x $y; sleep 1000");
    attach("late", ALL).send("one\ntwo\n").close();
    Shell.await("both lines came", () -> daemon.docker("logs", "late").ok().equals("one two"));
  }

  @Test
  void who_looks_on_and_does_not_read_holds_up_neither_container_nor_log() {
    run("loud", "-i", "read x; yes 0123456789 | head -c 20000000; echo; echo end; sleep 1000");
    try (var stalled = attach("loud", "/attach?stream=1&stdout=1")) {
      attach("loud", "/attach?stream=1&stdin=1").send("go\n").close();
      Shell.await("the container goes on", () -> says("loud", "end"));
      assertTrue(stalled.untilEnd().endsWith("output waited; the process goes on\n"));
    }
    assertTrue(daemon.logText().contains("did not keep up with its output for 3 s"));
  }

  @Test
  void who_runs_it_in_the_foreground_sets_the_pace_and_misses_nothing() {
    var script = "yes 0123456789 | head -c 20000000; echo; echo end";
    daemon.docker("create", "--name", "pipe", busybox, "sh", "-c", script).ok();
    try (var slow = attach("pipe", "/attach?stream=1&stdout=1")) {
      daemon.docker("start", "pipe").ok();
      slow.until("0123456789");
      // more than the patience with those who only look on
      var later = CompletableFuture.delayedExecutor(5, TimeUnit.SECONDS);
      CompletableFuture.runAsync(() -> {}, later).join();
      assertTrue(!says("pipe", "end"));
      assertTrue(slow.countUntilEnd() > 20_000_000 - 1_000_000);
    }
    assertTrue(says("pipe", "end"));
  }

  private boolean says(String name, String last) {
    return daemon.docker("logs", "--tail", "1", name).ok().equals(last);
  }

  private long sockets() {
    try (var descriptors = Files.list(Path.of("/proc", Long.toString(daemon.pid()), "fd"))) {
      return descriptors.filter(StreamsIT::isSocket).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }
}
