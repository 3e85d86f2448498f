package argosy.engine.image.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import argosy.engine.disk.Digest;
import argosy.engine.disk.Json;
import argosy.engine.failure.Refused;
import argosy.engine.image.store.StoredImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigFileTest {
  private static final String A = "sha256:" + "a".repeat(64);
  private static final String B = "sha256:" + "b".repeat(64);
  private static final String JSON =
      """
      {"architecture":"amd64","os":"linux","created":"2026-01-02T03:04:05.000000006Z","author":"me",
       "config":{"User":"u","ExposedPorts":{"80/tcp":{}},"Env":["A=b"],"Cmd":["x"],"Entrypoint":null,
         "Volumes":null,"Labels":{"k":"v"},"StopSignal":"SIGINT",
         "Healthcheck":{"Test":["CMD","true"],"Interval":1000000000,"Retries":3}},
       "rootfs":{"type":"layers","diff_ids":["%s","%s"]},
       "history":[{"created_by":"one"},{"created_by":"two","empty_layer":true},
         {"created_by":"three","comment":"last"}]}\
      """
          .formatted(A, B);

  @Test
  void reads_all_an_image_says_of_itself() {
    var image = parse(JSON).image(List.of(10L, 20L));
    assertEquals(Instant.parse("2026-01-02T03:04:05.000000006Z"), image.created());
    assertEquals(30, image.size());
    assertEquals(List.of(10L, 0L, 20L), image.history().stream().map(line -> line.size()).toList());
    assertEquals("last", image.comment());
    assertEquals(A, image.layers().getFirst());
    assertEquals(
        Digest.of((A + " " + B).getBytes(StandardCharsets.US_ASCII)).toString(),
        image.layers().getLast());
    var config = image.config();
    assertEquals(Set.of("80/tcp"), config.exposedPorts());
    assertEquals(List.of("x"), config.cmd());
    assertNull(config.entrypoint());
    assertEquals(Map.of("k", "v"), config.labels());
    assertEquals(Duration.ofSeconds(1), Objects.requireNonNull(config.health()).interval());
  }

  @Test
  void an_image_without_layers_is_one_and_what_is_none_is_refused_in_a_line() {
    assertEquals(List.of(), parse("{\"rootfs\":{\"type\":\"layers\"}}").diffIds());
    for (String none : List.of("", "{}", "[[]]", "null", "{\"rootfs\":null}")) {
      assertEquals("invalid image JSON, no RootFS key", refusal(none));
    }
    assertEquals(
        "the image's configuration can not be read: unexpected end of JSON input", refusal("["));
  }

  private static String refusal(String json) {
    return assertThrows(Refused.class, () -> parse(json)).failure().message();
  }

  @Test
  void survives_its_record() throws IOException {
    var image = parse(JSON).image(List.of(10L, 20L));
    var stored =
        new StoredImage(
            image, A, List.of(new StoredImage.Layer(A, "l", 1, B, 10)), Instant.EPOCH, false);
    byte[] json = Json.mapper().writeValueAsBytes(stored);
    assertEquals(stored, Json.mapper().readValue(json, StoredImage.class));
  }

  @Test
  void refuses_what_is_no_configuration() {
    assertThrows(Refused.class, () -> parse("[]"));
    assertThrows(Refused.class, () -> parse("{}"));
    assertThrows(Refused.class, () -> parse("x"));
  }

  private static ConfigFile parse(String json) {
    return ConfigFile.parse(json.getBytes(StandardCharsets.UTF_8));
  }
}
