package argosy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.container.ContainerRequest;
import argosy.engine.container.ContainerStreams.Attached;
import argosy.engine.container.ContainerStreams.Channel;
import argosy.engine.container.ContainerStreams.LogLine;
import argosy.engine.container.ContainerStreams.Logs;
import argosy.engine.container.ContainerStreams.Output;
import argosy.engine.container.Lifecycle.Ended;
import argosy.engine.failure.Done;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.image.ImageRequest;
import argosy.engine.network.NetworkRequest;
import argosy.engine.volume.VolumeRequest;
import argosy.http.endpoint.Reply;
import argosy.http.version.ApiVersion;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

/** Requests as they come from the dispatch, to an engine that only remembers. */
class RoutesTest extends RoutesFixture {
  @Test
  void ping() throws Exception {
    var pong = http("GET", "/_ping");
    assertEquals("OK", body(pong));
    assertEquals("1", pong.getHeader("Builder-Version").orElseThrow().value());
    assertEquals("", body(http("HEAD", "/_ping")));
  }

  @Test
  void create_is_201_and_what_it_warns_about() throws Exception {
    engine.answering(
        ContainerRequest.Create.class, new ContainerRequest.Created("abc", List.of("careful")));
    var made = post("/containers/create?name=/web", "{\"Image\":\"busybox\"}");
    assertEquals(201, made.status().intValue());
    assertEquals("{\"Id\":\"abc\",\"Warnings\":[\"careful\"]}\n", body(made));
    var asked = assertInstanceOf(ContainerRequest.Create.class, engine.asked.getFirst());
    assertEquals("web", asked.name());
    assertEquals("busybox", asked.spec().image());
  }

  @Test
  void create_refuses_what_is_no_json() throws Exception {
    assertProblem(
        400,
        "Invalid container name (a/b), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed",
        post("/containers/create?name=a/b", "{\"Image\":\"x\"}"));
    for (String nothing : new String[] {"{}", "null", "{\"HostConfig\":{},\"Foo\":1}"}) {
      assertProblem(
          400,
          "config cannot be empty in order to create a container",
          post("/containers/create", nothing));
    }
    assertProblem(
        400,
        "invalid JSON: cannot unmarshal array into the body of type object",
        post("/containers/create", "[]"));
    assertProblem(
        400,
        "invalid JSON: cannot unmarshal number into field Tty of type bool",
        post("/containers/create", "{\"Tty\":1}"));
    assertProblem(
        400,
        "invalid JSON: cannot unmarshal string into field HostConfig.Memory of type int",
        post("/containers/create", "{\"Image\":\"x\",\"HostConfig\":{\"Memory\":\"much\"}}"));
    assertProblem(
        400, "invalid JSON: got EOF while reading request body", post("/containers/create", ""));
    var typeless =
        HttpRequest.POST("/").withEntity(ContentTypes.APPLICATION_OCTET_STREAM, new byte[] {'{'});
    assertProblem(
        400,
        "Content-Type specified () must be 'application/json'",
        http(answer("POST", "/containers/create", typeless)));
    var broken = post("/containers/create", "{x");
    assertEquals(400, broken.status().intValue());
    assertTrue(body(broken).startsWith("{\"message\":\"invalid JSON: "));
    assertEquals(List.of(), engine.asked);
  }

  @Test
  void an_engines_failure_is_the_answer() throws Exception {
    engine.answering(ContainerRequest.Start.class, new Failure.NotModified("runs"));
    var started = post("/containers/web/start", "");
    assertEquals(304, started.status().intValue());
    assertEquals("", body(started));
    engine.answering(ContainerRequest.Kill.class, Failure.noSuchContainer("web"));
    assertProblem(404, "No such container: web", post("/containers/web/kill", ""));
  }

  @Test
  void orders_carry_their_parameters() throws Exception {
    engine.answering(ContainerRequest.Stop.class, new Done());
    assertEquals(204, post("/containers/web/stop?t=-1&signal=INT", "").status().intValue());
    assertEquals(new ContainerRequest.Stop("web", "INT", -1), engine.asked.getLast());
    version = new ApiVersion(1, 41);
    post("/containers/web/stop?signal=INT", "");
    assertEquals(new ContainerRequest.Stop("web", null, null), engine.asked.getLast());
    engine.answering(ContainerRequest.Kill.class, new Done());
    post("/containers/web/kill", "");
    assertEquals(new ContainerRequest.Kill("web", "KILL"), engine.asked.getLast());
    engine.answering(ContainerRequest.Remove.class, new Done());
    assertEquals(204, http("DELETE", "/containers/web?force=1&v=true").status().intValue());
    assertEquals(new ContainerRequest.Remove("web", true, true), engine.asked.getLast());
    assertEquals(400, post("/containers/web/resize?h=x&w=1", "").status().intValue());
    assertEquals(400, post("/containers/web/start", "{\"Binds\":[]}").status().intValue());
  }

  @Test
  void a_list_with_filters() throws Exception {
    engine.answering(ContainerRequest.Find.class, new ContainerRequest.Listed(List.of()));
    assertEquals("[]\n", body(http("GET", "/containers/json")));
    http("GET", "/containers/json?filters={\"status\":{\"exited\":true}}&limit=-1&size=1");
    assertEquals(
        new ContainerRequest.Find(true, 0, true, Map.of("status", List.of("exited"))),
        engine.asked.getLast());
    assertProblem(
        400, "invalid filter 'nope'", http("GET", "/containers/json?filters={\"nope\":[\"a\"]}"));
    assertProblem(
        400,
        "invalid filter 'status=odd'",
        http("GET", "/containers/json?filters={\"status\":[\"odd\"]}"));
  }

  @Test
  void wait_sends_its_head_first() throws Exception {
    var over = new CompletableFuture<Ended>();
    engine.containerStreams = streams(Map.of("await", Outcome.ok(over)));
    var waiting = post("/containers/web/wait?condition=next-exit", "");
    assertEquals(200, waiting.status().intValue());
    over.complete(new Ended(Instant.EPOCH, Instant.EPOCH, 3, false, "", false));
    assertEquals("{\"StatusCode\":3}\n", body(waiting));
    assertProblem(
        400, "invalid condition: \"never\"", post("/containers/web/wait?condition=never", ""));
  }

  @Test
  void a_failed_start_is_told_to_those_who_ask_later() throws Exception {
    var failed = new Ended(Instant.EPOCH, Instant.EPOCH, 127, false, "no such file", false);
    engine.containerStreams =
        streams(Map.of("await", Outcome.ok(CompletableFuture.completedFuture(failed))));
    assertEquals(
        "{\"Error\":{\"Message\":\"no such file\"},\"StatusCode\":127}\n",
        body(post("/containers/web/wait", "")));
    assertEquals(
        "{\"StatusCode\":127}\n", body(post("/containers/web/wait?condition=next-exit", "")));
  }

  @Test
  void logs_are_framed_and_need_a_stream() throws Exception {
    assertProblem(
        400,
        "Bad parameters: you must choose at least one stream",
        http("GET", "/containers/web/logs"));
    var line = new LogLine(Channel.STDOUT, Instant.EPOCH, ByteString.fromString("hi\n"));
    engine.containerStreams =
        streams(Map.of("logs", Outcome.ok(new Logs(false, Source.single(List.of(line))))));
    var logs = http("GET", "/containers/web/logs?stdout=1&tail=5");
    assertEquals(
        "application/vnd.docker.multiplexed-stream", logs.entity().getContentType().toString());
    assertEquals("\u0001\0\0\0\0\0\0\u0003hi\n", body(logs));
  }

  @Test
  void attach_takes_the_connection_over() throws Exception {
    var output = new Output(Channel.STDERR, ByteString.fromString("e"));
    engine.containerStreams =
        streams(
            Map.of(
                "attach", Outcome.ok(new Attached(false, Source.single(output), Sink.ignore()))));
    var attached =
        assertInstanceOf(
            Reply.Hijack.class,
            answer("POST", "/containers/web/attach?stream=1&stderr=1", HttpRequest.POST("/")));
    assertEquals("application/vnd.docker.multiplexed-stream", attached.contentType());
    assertEquals("\u0002\0\0\0\0\0\0\u0001e", output(attached));
  }

  private static String output(Reply.Hijack attached) throws Exception {
    return attached
        .output()
        .runFold(ByteString.emptyByteString(), ByteString::concat, SYSTEM)
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS)
        .utf8String();
  }

  @Test
  void who_starts_an_exec_says_whether_its_output_is_framed() throws Exception {
    var output = new Output(Channel.STDOUT, ByteString.fromString("o"));
    engine.containerStreams =
        streams(
            Map.of(
                "startExec", Outcome.ok(new Attached(true, Source.single(output), Sink.ignore()))));
    var framed = assertInstanceOf(Reply.Hijack.class, startOfExec("{\"Tty\":false}"));
    assertEquals("\u0001\0\0\0\0\0\0\u0001o", output(framed));
    var raw = assertInstanceOf(Reply.Hijack.class, startOfExec("{\"Tty\":true}"));
    assertEquals("application/vnd.docker.raw-stream", raw.contentType());
    assertEquals("o", output(raw));
  }

  private Reply startOfExec(String body) throws Exception {
    return answer(
        "POST",
        "/exec/e1/start",
        HttpRequest.POST("/").withEntity(ContentTypes.APPLICATION_JSON, body));
  }

  @Test
  void a_detached_exec_is_an_ordinary_answer() throws Exception {
    engine.containerStreams =
        streams(
            Map.of("startExec", Outcome.ok(new Attached(false, Source.empty(), Sink.ignore()))));
    var started = post("/exec/e1/start", "{\"Detach\":true,\"Tty\":false}");
    assertEquals(200, started.status().intValue());
    assertEquals("", body(started));
  }

  @Test
  void images_networks_and_volumes() throws Exception {
    engine
        .answering(
            ImageRequest.Remove.class,
            new ImageRequest.Removed(
                List.of(
                    new ImageRequest.Removed.Step("b:1", ""),
                    new ImageRequest.Removed.Step("", "sha256:aa")),
                0))
        .answering(ImageRequest.Tag.class, new Done())
        .answering(NetworkRequest.Remove.class, new Failure.Forbidden("pre-defined"))
        .answering(NetworkRequest.Connect.class, new Done())
        .answering(VolumeRequest.Prune.class, new VolumeRequest.Pruned(List.of(), 0));
    assertEquals(
        "[{\"Untagged\":\"b:1\"},{\"Deleted\":\"sha256:aa\"}]\n",
        body(http("DELETE", "/images/lib/b:1")));
    assertEquals(201, post("/images/b:1/tag?repo=c", "").status().intValue());
    assertEquals(new ImageRequest.Tag("b:1", "c", "latest"), engine.asked.getLast());
    assertProblem(403, "pre-defined", http("DELETE", "/networks/bridge"));
    assertEquals(
        200, post("/networks/front/connect", "{\"Container\":\"web\"}").status().intValue());
    assertEquals(
        "{\"VolumesDeleted\":null,\"SpaceReclaimed\":0}\n", body(post("/volumes/prune", "")));
    assertEquals(new VolumeRequest.Prune(false, Map.of()), engine.asked.getLast());
    http("POST", "/volumes/prune?filters={\"all\":[\"1\"]}");
    assertEquals(new VolumeRequest.Prune(true, Map.of()), engine.asked.getLast());
  }

  @Test
  void what_is_not_built_says_so() throws Exception {
    assertEquals(501, post("/build?version=2", "").status().intValue());
    assertEquals(503, http("GET", "/swarm").status().intValue());
    assertEquals("[]\n", body(http("GET", "/plugins")));
    assertProblem(404, "plugin \"x\" not found", http("GET", "/plugins/x/json"));
  }
}
