package argosy.engine.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.disk.Digest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  @Test
  void what_may_pass_is_tried_again_and_what_will_not_is_not() {
    String path = "/v2/team/app/manifests/1";
    registry.serve(path, new byte[] {7});
    registry.failTimes(path, 2, 503, Map.of());
    assertArrayEquals(new byte[] {7}, repository(Credentials.NONE).manifest("1", List.of("a")));
    assertEquals(3, registry.asked(path));

    registry.failTimes(path, 1, 0, Map.of()); // the connection breaks without an answer
    assertArrayEquals(new byte[] {7}, repository(Credentials.NONE).manifest("1", List.of("a")));

    String other = "/v2/team/app/manifests/2";
    registry.failTimes(other, 9, 403, Map.of());
    var refusal =
        assertThrows(Refusal.class, () -> repository(Credentials.NONE).manifest("2", List.of("a")));
    assertEquals("denied: requested access to the resource is denied", refusal.words());
    assertEquals(1, registry.asked(other));

    String always = "/v2/team/app/manifests/3";
    registry.failTimes(always, 99, 500, Map.of());
    assertEquals(
        500,
        assertThrows(Refusal.class, () -> repository(Credentials.NONE).manifest("3", List.of("a")))
            .status());
    assertEquals(3, registry.asked(always));
  }

  @Test
  void a_registry_that_is_asked_too_often_is_left_alone_as_long_as_it_says() {
    String path = "/v2/team/app/manifests/1";
    registry.serve(path, new byte[] {7});
    registry.failTimes(path, 1, 429, Map.of("Retry-After", "1"));
    long begin = System.nanoTime();
    repository(Credentials.NONE).manifest("1", List.of("a"));
    assertTrue(System.nanoTime() - begin >= Duration.ofSeconds(1).toNanos());

    registry.failTimes(path, 1, 429, Map.of("Retry-After", "3600"));
    var refusal =
        assertThrows(Refusal.class, () -> repository(Credentials.NONE).manifest("1", List.of("a")));
    assertEquals("toomanyrequests: too many requests", refusal.words());
  }

  @Test
  void a_token_that_runs_out_in_the_middle_of_a_layer_is_renewed() throws IOException {
    registry.tokens("me", "secret");
    byte[] bytes = new byte[300_000];
    String digest = Digest.of(bytes).toString();
    registry.serve("/v2/team/app/blobs/" + digest, bytes);
    registry.breakAfter(120_000);
    try (var blob = repository(ME).blob(digest)) {
      blob.skipNBytes(10);
      registry.expire();
      assertEquals(bytes.length - 10, blob.readAllBytes().length);
    }
    assertEquals(2, registry.asked("/token"));
  }

  @Test
  void a_layer_that_never_comes_is_given_up_and_the_waits_are_told() {
    String digest = Digest.of(new byte[] {1}).toString();
    registry.failTimes("/v2/team/app/blobs/" + digest, 99, 502, Map.of());
    var waits = new ArrayList<Duration>();
    try (var blob = repository(Credentials.NONE).blob(digest, waits::add)) {
      assertEquals(502, assertThrows(Refusal.class, blob::read).status());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    assertEquals(List.of(5L, 10L, 20L, 40L), waits.stream().map(Duration::toMillis).toList());
  }

  @Test
  void tags_are_read_page_by_page() {
    registry.serve("/v2/team/app/tags/list", "{\"tags\":[\"a\",\"b\"]}".getBytes(UTF_8));
    registry.header(
        "/v2/team/app/tags/list", "Link", "</v2/team/app/tags/more?n=2&last=b>; rel=\"next\"");
    registry.serve("/v2/team/app/tags/more", "{\"tags\":[\"c\"]}".getBytes(UTF_8));
    assertEquals(List.of("a", "b", "c"), repository(Credentials.NONE).tags());
  }

  @Test
  void a_tags_digest_is_asked_for_without_fetching_it() {
    registry.serve("/v2/team/app/manifests/1", new byte[] {7});
    assertEquals(
        Digest.of(new byte[] {7}).toString(),
        repository(Credentials.NONE).digest("1", List.of("a")).orElseThrow());
    assertTrue(repository(Credentials.NONE).digest("2", List.of("a")).isEmpty());
  }

  @Test
  void a_login_is_tried_in_the_way_the_registry_wants() {
    assertEquals("", registries.login(registry.address(), ME));
    registry.basic("me", "secret");
    registry.serve("/v2/", new byte[] {1});
    assertEquals("", registries.login("http://" + registry.address() + "/v1/", ME));
    assertEquals(
        "login attempt to http://%s/v2/ failed with status: 401 Unauthorized"
            .formatted(registry.address()),
        login(new Credentials("me", "wrong", "", "")).sentence());
    assertEquals(
        "Get \"http://%s/v2/\": no basic auth credentials".formatted(registry.address()),
        login(Credentials.NONE).sentence());
    registry.tokens("me", "secret");
    assertEquals("", registries.login(registry.address(), ME));
    assertTrue(registry.query("/token").contains("offline_token=true"), registry.query("/token"));
    assertEquals(401, login(new Credentials("me", "wrong", "", "")).status());
  }

  private Refusal login(Credentials credentials) {
    return assertThrows(Refusal.class, () -> registries.login(registry.address(), credentials));
  }

  @Test
  void a_search_asks_the_index_that_is_named() {
    registry.serve(
        "/v1/search",
        """
        {"results":[{"name":"a/b","description":"d","star_count":3,"is_official":true}]}\
        """
            .getBytes(UTF_8));
    assertEquals(
        List.of(new SearchHit("a/b", "d", 3, true, false)),
        registries.search(registry.address() + "/a b", 7, Credentials.NONE));
    assertEquals("q=a+b&n=7", registry.query("/v1/search"));
    registry.fail("/v1/search", 404, "");
    assertEquals(
        "Unexpected status code 404",
        assertThrows(
                Refusal.class,
                () -> registries.search(registry.address() + "/x", 7, Credentials.NONE))
            .sentence());
  }

  @Test
  void a_proxy_is_asked_for_everybody_it_stands_before() throws IOException {
    var settings =
        new RegistrySettings(
            List.of("registry.lan"),
            List.of(),
            List.of(),
            new Proxies("http://me:it@" + registry.address(), "http://127.0.0.1:1", "direct.lan"),
            3,
            5,
            5);
    var proxied = new Registries(settings, QUICK, Duration.ofMillis(5));
    registry.serve("/v2/team/app/manifests/1", new byte[] {7});
    var repository = proxied.sources("registry.lan", "team/app", Credentials.NONE).getLast().open();
    assertArrayEquals(new byte[] {7}, repository.manifest("1", List.of("a")));
    assertEquals(
        List.of("Basic bWU6aXQ="),
        registry.headers("/v2/team/app/manifests/1", "Proxy-authorization"));
    var direct = proxied.sources("direct.lan", "team/app", Credentials.NONE).getLast();
    assertTrue(assertThrows(Unreachable.class, direct::open).sentence().contains("no such host"));
  }
}
