package argosy.engine.registry;

import argosy.engine.disk.Digest;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A registry on loopback that does what a test tells it. */
public final class FakeRegistry implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, String> redirects = new ConcurrentHashMap<>();
  private final Map<String, Broken> failures = new ConcurrentHashMap<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final Map<String, Map<String, String>> headers = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> holds = new ConcurrentHashMap<>();
  private volatile String token = "good";
  private volatile String wanted = "";
  private volatile String challenge = "";
  private volatile String basic = "";
  private volatile int breakAfter = Integer.MAX_VALUE;

  /** {@code times}: how often, until it is well again; status 0 is no answer at all. */
  private record Broken(int status, String body, Map<String, String> headers, AtomicInteger times) {
    boolean once() {
      return times.getAndDecrement() > 0;
    }
  }

  private record Seen(String path, String query, Map<String, List<String>> headers) {}

  public FakeRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  public String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  public void serve(String path, byte[] bytes) {
    files.put(path, bytes);
  }

  public void redirect(String path, String location) {
    redirects.put(path, location);
  }

  public void fail(String path, int status, String body) {
    failures.put(path, new Broken(status, body, Map.of(), new AtomicInteger(Integer.MAX_VALUE)));
  }

  /** Fails so many times and is well then; {@code headers}: names and values. */
  public void failTimes(String path, int times, int status, Map<String, String> headers) {
    failures.put(path, new Broken(status, "", headers, new AtomicInteger(times)));
  }

  /** What goes with every answer for a path. */
  public void header(String path, String name, String value) {
    headers.put(path, Map.of(name, value));
  }

  /** Makes who asks for a path wait until the latch is open. */
  public void hold(String path, CountDownLatch until) {
    holds.put(path, until);
  }

  /** The token that was good is so no more; the next one is. */
  public void expire() {
    token = token + "+";
    wanted = "Bearer " + token;
  }

  public void breakAfter(int bytes) {
    breakAfter = bytes;
  }

  public void basic(String user, String password) {
    challenge = "Basic realm=\"fake\"";
    wanted = basic(user + ":" + password);
  }

  public void tokens(String user, String password) {
    challenge = "Bearer realm=\"http://" + address() + "/token\",service=\"fake\"";
    wanted = "Bearer good";
    basic = basic(user + ":" + password);
  }

  private static String basic(String both) {
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }

  public int asked(String path) {
    return (int) seen.stream().filter(one -> one.path().equals(path)).count();
  }

  public String query(String path) {
    return seen.stream().filter(one -> one.path().equals(path)).findFirst().orElseThrow().query();
  }

  public List<String> headers(String path, String name) {
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
      answer(
          exchange,
          good ? 200 : 401,
          ("{\"token\":\"" + token + "\"}").getBytes(StandardCharsets.UTF_8));
    } else if (!wanted.isEmpty() && !wanted.equals(authorization)) {
      exchange.getResponseHeaders().add("WWW-Authenticate", challenge);
      answer(exchange, 401, new byte[0]);
    } else if (failures.containsKey(path) && failures.get(path).once()) {
      var failure = failures.get(path);
      failure.headers().forEach(exchange.getResponseHeaders()::add);
      if (failure.status() == 0) {
        exchange.close();
      } else {
        answer(exchange, failure.status(), failure.body().getBytes(StandardCharsets.UTF_8));
      }
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
    String path = exchange.getRequestURI().getPath();
    headers.getOrDefault(path, Map.of()).forEach(exchange.getResponseHeaders()::add);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().add("Docker-Content-Digest", Digest.of(bytes).toString());
      answer(exchange, 200, new byte[0]);
      return;
    }
    await(holds.get(path));
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = range == null ? 0 : Integer.parseInt(range.replace("bytes=", "").replace("-", ""));
    byte[] rest = Arrays.copyOfRange(bytes, from, bytes.length);
    exchange.sendResponseHeaders(range == null ? 200 : 206, rest.length);
    try (var out = exchange.getResponseBody()) {
      out.write(rest, 0, Math.min(rest.length, breakAfter));
    }
  }

  private static void await(@Nullable CountDownLatch latch) {
    try {
      if (latch != null && !latch.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody let it go on");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      boolean bodiless = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(status, bodiless ? -1 : body.length);
      if (!bodiless) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
