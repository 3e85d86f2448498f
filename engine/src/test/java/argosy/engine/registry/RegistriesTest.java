package argosy.engine.registry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.disk.Digest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The registry client against a registry that is as awkward as we like. */
class RegistriesTest {
  private static final Credentials ME = new Credentials("me", "secret", "", "");

  /** The fakes speak no TLS, and may wait for the end of a line in what they are sent. */
  private static final Duration QUICK = Duration.ofMillis(300);

  private FakeRegistry registry;
  private FakeRegistry storage;
  private final Registries registries = registries(List.of(), List.of());

  private static Registries registries(List<String> insecure, List<String> mirrors) {
    return new Registries(RegistrySettings.of(insecure, mirrors), QUICK, Duration.ofMillis(5));
  }

  @BeforeEach
  void open() throws IOException {
    registry = new FakeRegistry();
    storage = new FakeRegistry();
  }

  @AfterEach
  void close() {
    registry.close();
    storage.close();
  }

  private Repository repository(Credentials credentials) {
    return registries.sources(registry.address(), "team/app", credentials).getLast().open();
  }

  @Test
  void asks_with_what_it_can_read() throws IOException {
    registry.serve("/v2/team/app/manifests/1", new byte[] {7});
    assertArrayEquals(
        new byte[] {7}, repository(Credentials.NONE).manifest("1", List.of("a/b", "c/d")));
    assertEquals(List.of("a/b, c/d"), registry.headers("/v2/team/app/manifests/1", "Accept"));
  }

  @Test
  void fetches_a_token_where_one_is_wanted_and_keeps_it() throws IOException {
    registry.tokens("me", "secret");
    registry.serve("/v2/team/app/manifests/1", new byte[] {7});
    var repository = repository(ME);
    repository.manifest("1", List.of("a"));
    repository.manifest("1", List.of("a"));
    assertEquals(1, registry.asked("/token"));
    assertEquals(
        "service=fake&scope=repository%3Ateam%2Fapp%3Apull&account=me", registry.query("/token"));
    assertEquals(3, registry.asked("/v2/team/app/manifests/1"));
  }

  @Test
  void says_who_was_refused() {
    registry.tokens("me", "secret");
    registry.serve("/v2/team/app/manifests/1", new byte[] {7});
    var wrong = repository(new Credentials("me", "wrong", "", ""));
    assertEquals(
        401, assertThrows(Refusal.class, () -> wrong.manifest("1", List.of("a"))).status());
  }

  @Test
  void answers_basic_only_with_credentials() {
    registry.basic("me", "secret");
    registry.serve("/v2/team/app/manifests/1", new byte[] {7});
    assertArrayEquals(new byte[] {7}, repository(ME).manifest("1", List.of("a")));
    var refusal =
        assertThrows(Refusal.class, () -> repository(Credentials.NONE).manifest("1", List.of("a")));
    assertTrue(refusal.sentence().endsWith(": no basic auth credentials"), refusal.sentence());
  }

  @Test
  void a_redirect_to_another_host_gets_no_credentials() throws IOException {
    registry.basic("me", "secret");
    byte[] bytes = new byte[100_000];
    String digest = Digest.of(bytes).toString();
    registry.redirect("/v2/team/app/blobs/" + digest, "http://" + storage.address() + "/bytes");
    storage.serve("/bytes", bytes);
    try (var blob = repository(ME).blob(digest)) {
      assertArrayEquals(bytes, blob.readAllBytes());
    }
    assertTrue(storage.headers("/bytes", "Authorization").isEmpty());
    assertFalse(registry.headers("/v2/team/app/blobs/" + digest, "Authorization").isEmpty());
  }

  @Test
  void a_broken_download_goes_on_where_it_broke() throws IOException {
    byte[] bytes = new byte[300_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    String digest = Digest.of(bytes).toString();
    registry.serve("/v2/team/app/blobs/" + digest, bytes);
    registry.breakAfter(120_000);
    try (var blob = repository(Credentials.NONE).blob(digest)) {
      assertArrayEquals(bytes, blob.readAllBytes());
    }
    assertTrue(registry.headers("/v2/team/app/blobs/" + digest, "Range").size() >= 2);
  }

  @Test
  void names_the_registrys_error() {
    registry.fail(
        "/v2/team/app/manifests/x",
        404,
        "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"manifest unknown\"}]}");
    var refusal =
        assertThrows(Refusal.class, () -> repository(Credentials.NONE).manifest("x", List.of("a")));
    assertEquals("manifest unknown: manifest unknown", refusal.getMessage());
    assertEquals("MANIFEST_UNKNOWN", refusal.code());
  }

  @Test
  void says_in_gos_words_that_nobody_is_there() {
    var nowhere = registries.sources("127.0.0.1:1", "app", Credentials.NONE).getLast();
    assertEquals(
        "Get \"http://127.0.0.1:1/v2/\": dial tcp 127.0.0.1:1: connect: connection refused",
        assertThrows(Unreachable.class, nowhere::open).getMessage());
    var unknown = registries.sources("nowhere.invalid", "app", Credentials.NONE).getLast();
    assertEquals(
        "Get \"https://nowhere.invalid/v2/\": dial tcp: lookup nowhere.invalid: no such host",
        assertThrows(Unreachable.class, unknown::open).getMessage());
  }

  @Test
  void only_loopback_and_what_the_operator_says_is_insecure() {
    var some = registries(List.of("registry.lan:5000", "10.1.0.0/16"), List.of());
    assertTrue(some.isInsecure("127.0.0.1:5000"));
    assertTrue(some.isInsecure("127.1.2.3"));
    assertTrue(some.isInsecure("localhost:5000"));
    assertTrue(some.isInsecure("[::1]:5000"));
    assertTrue(some.isInsecure("registry.lan:5000"));
    assertTrue(some.isInsecure("10.1.200.3:5000"));
    assertFalse(some.isInsecure("10.2.0.1:5000"));
    assertFalse(some.isInsecure("registry.lan:5001"));
    assertFalse(some.isInsecure("127.0.0.1.evil.org"));
  }

  @Test
  void mirrors_stand_before_dockers_own_registry_only() {
    var mirrored = registries(List.of(), List.of("http://" + registry.address()));
    assertEquals(2, mirrored.sources("docker.io", "library/x", ME).size());
    assertEquals(1, mirrored.sources("example.org", "x", ME).size());
    registry.serve("/v2/library/x/manifests/1", new byte[] {7});
    assertArrayEquals(
        new byte[] {7},
        mirrored
            .sources("docker.io", "library/x", ME)
            .getFirst()
            .open()
            .manifest("1", List.of("a")));
  }
}
