package argosy.engine.registry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.disk.Digest;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Uploads to a registry that takes a part of what it is sent, and stumbles then. */
class DestinationTest {
  private final byte[] bytes = new byte[200_000];
  private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

  /** What happens to each PATCH: how many bytes are taken, and the answer; 0 is none. */
  private final Deque<int[]> stumbles = new ArrayDeque<>();

  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private Destination destination;
  private boolean finished;
  private boolean losesTheLastAnswer;

  @BeforeEach
  void open() throws IOException {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 7);
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
    destination =
        new Registries(
                RegistrySettings.of(List.of(), List.of()),
                Duration.ofMillis(300),
                Duration.ofMillis(5))
            .destination("127.0.0.1:" + server.getAddress().getPort(), "app", Credentials.NONE);
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    asked.add(method + " " + exchange.getRequestHeaders().getFirst("Content-Range"));
    exchange.getResponseHeaders().add("Location", "/v2/app/blobs/uploads/1?state=" + taken.size());
    exchange.getResponseHeaders().add("Range", "0-" + Math.max(0, taken.size() - 1));
    switch (method) {
      case "POST" -> answer(exchange, 202);
      case "PATCH" -> patch(exchange);
      case "PUT" -> {
        boolean again = finished;
        finished = true;
        answer(exchange, losesTheLastAnswer ? again ? 404 : 503 : 201);
      }
      case "HEAD" -> answer(exchange, finished ? 200 : 404);
      default -> answer(exchange, 204);
    }
  }

  private void patch(HttpExchange exchange) throws IOException {
    int[] stumble = stumbles.poll();
    if (stumble == null) {
      taken.write(exchange.getRequestBody().readAllBytes());
      answer(exchange, 202);
      return;
    }
    taken.write(exchange.getRequestBody().readNBytes(stumble[0]));
    if (stumble[1] == 0) {
      exchange.close();
    } else {
      exchange.getRequestBody().readAllBytes();
      answer(exchange, stumble[1]);
    }
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private void upload() {
    destination.upload(
        Digest.of(bytes).toString(),
        bytes.length,
        offset -> new ByteArrayInputStream(bytes, (int) offset, (int) (bytes.length - offset)));
  }

  @Test
  void a_broken_upload_goes_on_where_the_registry_is() {
    stumbles.add(new int[] {70_000, 0});
    stumbles.add(new int[] {50_000, 500});
    stumbles.add(new int[] {0, 416});
    upload();
    assertArrayEquals(bytes, taken.toByteArray());
    assertTrue(asked.contains("PATCH 70000-199999"), asked.toString());
    assertTrue(asked.contains("PATCH 120000-199999"), asked.toString());
    assertTrue(finished);
  }

  @Test
  void one_that_gets_nowhere_is_given_up_and_a_plain_no_at_once() {
    for (int i = 0; i < 10; i++) {
      stumbles.add(new int[] {0, 503});
    }
    assertEquals(503, assertThrows(Refusal.class, this::upload).status());
    assertEquals(5, asked.stream().filter(each -> each.startsWith("PATCH")).count());

    asked.clear();
    stumbles.clear();
    stumbles.add(new int[] {0, 403});
    assertEquals(403, assertThrows(Refusal.class, this::upload).status());
    assertEquals(1, asked.stream().filter(each -> each.startsWith("PATCH")).count());
  }

  @Test
  void a_blob_whose_last_answer_was_lost_is_there() {
    losesTheLastAnswer = true;
    upload();
    assertTrue(asked.contains("HEAD null"), asked.toString());
  }
}
