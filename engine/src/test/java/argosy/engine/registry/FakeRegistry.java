package argosy.engine.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A registry on loopback that does what a test tells it. */
final class FakeRegistry implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, String> redirects = new ConcurrentHashMap<>();
  private final Map<String, Broken> failures = new ConcurrentHashMap<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private volatile String wanted = "";
  private volatile String challenge = "";
  private volatile String basic = "";
  private volatile int breakAfter = Integer.MAX_VALUE;

  private record Broken(int status, String body) {}

  private record Seen(String path, String query, Map<String, List<String>> headers) {}

  FakeRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  void serve(String path, byte[] bytes) {
    files.put(path, bytes);
  }

  void redirect(String path, String location) {
    redirects.put(path, location);
  }

  void fail(String path, int status, String body) {
    failures.put(path, new Broken(status, body));
  }

  void breakAfter(int bytes) {
    breakAfter = bytes;
  }

  void basic(String user, String password) {
    challenge = "Basic realm=\"fake\"";
    wanted = basic(user + ":" + password);
  }

  void tokens(String user, String password) {
    challenge = "Bearer realm=\"http://" + address() + "/token\",service=\"fake\"";
    wanted = "Bearer good";
    basic = basic(user + ":" + password);
  }

  private static String basic(String both) {
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }

  int asked(String path) {
    return (int) seen.stream().filter(one -> one.path().equals(path)).count();
  }

  String query(String path) {
    return seen.stream().filter(one -> one.path().equals(path)).findFirst().orElseThrow().query();
  }

  List<String> headers(String path, String name) {
    var values = new ArrayList<String>();
    seen.stream()
        .filter(one -> one.path().equals(path))
        .forEach(one -> values.addAll(one.headers().getOrDefault(name, List.of())));
    return values;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    seen.add(
        new Seen(
            path,
            exchange.getRequestURI().getRawQuery(),
            Map.copyOf(exchange.getRequestHeaders())));
    if (path.equals("/token")) {
      boolean good = basic.equals(authorization);
      answer(exchange, good ? 200 : 401, "{\"token\":\"good\"}".getBytes(StandardCharsets.UTF_8));
    } else if (!wanted.isEmpty() && !wanted.equals(authorization)) {
      exchange.getResponseHeaders().add("WWW-Authenticate", challenge);
      answer(exchange, 401, new byte[0]);
    } else if (failures.containsKey(path)) {
      var failure = failures.get(path);
      answer(exchange, failure.status(), failure.body().getBytes(StandardCharsets.UTF_8));
    } else if (redirects.containsKey(path)) {
      exchange.getResponseHeaders().add("Location", redirects.get(path));
      answer(exchange, 307, new byte[0]);
    } else if (files.containsKey(path)) {
      file(exchange, files.get(path));
    } else {
      answer(exchange, path.equals("/v2/") ? 200 : 404, new byte[0]);
    }
  }

  private void file(HttpExchange exchange, byte[] bytes) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = range == null ? 0 : Integer.parseInt(range.replace("bytes=", "").replace("-", ""));
    byte[] rest = Arrays.copyOfRange(bytes, from, bytes.length);
    exchange.sendResponseHeaders(range == null ? 200 : 206, rest.length);
    try (var out = exchange.getResponseBody()) {
      out.write(rest, 0, Math.min(rest.length, breakAfter));
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
