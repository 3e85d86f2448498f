package argosy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import argosy.engine.container.ContainerStreams;
import argosy.engine.failure.Outcome;
import argosy.http.endpoint.Call;
import argosy.http.endpoint.Endpoint;
import argosy.http.endpoint.Reply;
import argosy.http.json.Json;
import argosy.http.version.ApiVersion;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.SystemMaterializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** Brings requests to the lines as the dispatch does, with an engine that only remembers. */
abstract class RoutesFixture {
  static final ActorSystem SYSTEM = ActorSystem.create("routes");

  final FakeEngine engine = new FakeEngine();
  ApiVersion version = ApiVersion.NEWEST;

  @AfterAll
  static void stop() throws Exception {
    SYSTEM.terminate();
    SYSTEM.getWhenTerminated().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  HttpResponse post(String target, String body) throws Exception {
    return http(
        answer(
            "POST", target, HttpRequest.POST("/").withEntity(ContentTypes.APPLICATION_JSON, body)));
  }

  HttpResponse http(String method, String target) throws Exception {
    return http(answer(method, target, HttpRequest.GET("/")));
  }

  static HttpResponse http(Reply reply) {
    return assertInstanceOf(Reply.Http.class, reply).response();
  }

  Reply answer(String method, String target, HttpRequest request) throws Exception {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    var query = new HashMap<String, List<String>>();
    if (mark >= 0) {
      for (String pair : target.substring(mark + 1).split("&")) {
        query.put(
            pair.substring(0, pair.indexOf('=')), List.of(pair.substring(pair.indexOf('=') + 1)));
      }
    }
    for (var endpoint : Routes.all(InstantSource.system(), "0.1.0")) {
      var names = names(endpoint, method, path);
      if (names != null) {
        return endpoint
            .handler()
            .handle(call(request, names, query))
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
      }
    }
    throw new AssertionError("no line for " + method + " " + path);
  }

  Call call(HttpRequest request, Map<String, String> names, Map<String, List<String>> query) {
    return new Call(
        request,
        names,
        query,
        version,
        Call.View.HOST,
        engine,
        engine,
        FakeEngine.noCluster(),
        SystemMaterializer.get(SYSTEM).materializer());
  }

  static @Nullable Map<String, String> names(Endpoint endpoint, String method, String path) {
    var name = Pattern.compile("\\{(\\w+)(\\.\\.\\.)?}").matcher(endpoint.path());
    String pattern = name.replaceAll(each -> each.group(2) == null ? "(?<$1>[^/]+)" : "(?<$1>.+)");
    var match = Pattern.compile(pattern).matcher(path);
    if (!endpoint.method().equals(method) || !match.matches()) {
      return null;
    }
    var values = new HashMap<String, String>();
    match.namedGroups().keySet().forEach(each -> values.put(each, match.group(each)));
    return values;
  }

  static ContainerStreams streams(Map<String, Outcome<?>> answers) {
    return (ContainerStreams)
        Proxy.newProxyInstance(
            ContainerStreams.class.getClassLoader(),
            new Class<?>[] {ContainerStreams.class},
            (_, method, _) -> CompletableFuture.completedFuture(answers.get(method.getName())));
  }

  static void assertProblem(int status, String message, HttpResponse response) throws Exception {
    Golden.same("{\"message\":" + quoted(message) + "}", tree(body(response)));
    assertEquals(status, response.status().intValue());
  }

  static String quoted(String text) {
    return Json.line(text).strip();
  }

  static Object tree(String json) throws Exception {
    return Json.mapper().readTree(json);
  }

  static String body(HttpResponse response) throws Exception {
    return response
        .entity()
        .toStrict(20_000, SystemMaterializer.get(SYSTEM).materializer())
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS)
        .getData()
        .utf8String();
  }
}
