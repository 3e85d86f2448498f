package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.disk.FileTree;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Registries that want to know who asks, as Debian's docker-registry is one. */
class RegistryIT extends OneHost {
  private static final Path SETTINGS = settings();

  /** Of the password "secret". */
  private static final String HTPASSWD =
      "user:$2b$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a\n";

  RegistryIT() {
    super(
        35,
        "--config",
        SETTINGS.resolve("argosyd.conf").toString(),
        "--insecure-registry",
        "10.214.35.10:5012");
  }

  private static Path settings() {
    try {
      Path directory = Files.createTempDirectory("argosy-registries");
      Files.writeString(
          directory.resolve("argosyd.conf"),
          "argosy.engine.registry-certificates = [\"%s/certs.d\"]".formatted(directory));
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  static void removeSettings() throws IOException {
    FileTree.delete(SETTINGS);
  }

  @Test
  void basic_over_tls_with_an_authority_of_its_own() throws IOException {
    var keys = TestKeys.in(directory.resolve("basic-keys"));
    keys.sign("server", hosts.address(0));
    Files.writeString(keys.path("htpasswd"), HTPASSWD);
    try (var secured =
        new SecuredRegistry(
            hosts,
            directory,
            5443,
            "tls: {certificate: %s, key: %s}"
                .formatted(keys.path("server.crt"), keys.path("server.key")),
            "auth: {htpasswd: {realm: trial, path: %s}}".formatted(keys.path("htpasswd")))) {
      String name = secured.address() + "/team/box:1";
      assertEquals(
          "Error response from daemon: Get \"https://%s/v2/\": tls: failed to verify certificate: x509: certificate signed by unknown authority"
              .formatted(secured.address()),
          daemon.docker("pull", name).err());

      Path own = certificates(secured.address());
      Files.copy(keys.path("ca.crt"), own.resolve("ca.crt"));
      assertEquals(
          "Error response from daemon: Head \"https://%s/v2/team/box/manifests/1\": no basic auth credentials"
              .formatted(secured.address()),
          daemon.docker("pull", name).err());
      everythingWithAPassword(
          secured.address(),
          "unauthorized: authentication required",
          "login attempt to https://%s/v2/ failed with status: 401 Unauthorized"
              .formatted(secured.address()));
    }
  }

  @Test
  void a_clients_certificate() throws IOException {
    var keys = TestKeys.in(directory.resolve("client-keys"));
    keys.sign("server", hosts.address(0));
    keys.sign("client", hosts.address(1));
    try (var secured =
        new SecuredRegistry(
            hosts,
            directory,
            5444,
            "tls: {certificate: %s, key: %s, clientcas: [%s]}"
                .formatted(keys.path("server.crt"), keys.path("server.key"), keys.path("ca.crt")),
            "")) {
      String name = secured.address() + "/box:1";
      Path own = certificates(secured.address());
      Files.copy(keys.path("ca.crt"), own.resolve("ca.crt"));
      daemon.docker("tag", busybox, name).ok();
      var refused = daemon.docker("push", name);
      assertTrue(refused.err().contains("https://" + secured.address() + "/v2/"), refused.err());
      assertTrue(refused.err().contains("certificate"), refused.err());

      Files.copy(keys.path("client.crt"), own.resolve("client.cert"));
      var half = daemon.docker("push", name).err();
      assertTrue(half.contains("missing key client.key for client certificate client.cert"), half);

      keys.openssl("rsa -in client.key -traditional -out client-old.key");
      assertTrue(Files.readString(keys.path("client-old.key")).contains("RSA PRIVATE KEY"));
      Files.copy(keys.path("client-old.key"), own.resolve("client.key"));
      daemon.docker("push", name).ok();
      daemon.docker("rmi", name).ok();
      daemon.docker("pull", name).ok();
      daemon.docker("rmi", name).ok();
    }
  }

  @Test
  void plain_http_is_spoken_only_where_the_operator_allows_it() {
    try (var open = new SecuredRegistry(hosts, directory, 5013, "", "")) {
      assertEquals(
          "Error response from daemon: Get \"https://%s/v2/\": http: server gave HTTP response to HTTPS client"
              .formatted(open.address()),
          daemon.docker("pull", open.address() + "/team/box:1").err());
    }
  }

  @Test
  void tokens() throws IOException {
    var keys = TestKeys.in(directory.resolve("token-keys"));
    keys.sign("tokens", hosts.address(0));
    Path log = keys.path("tokens.log");
    var server = tokenServer(keys, 5011, log);
    try (var secured =
        new SecuredRegistry(
            hosts,
            directory,
            5012,
            "",
            "auth: {token: {realm: \"http://%s:5011/token\", service: trial, issuer: trial, rootcertbundle: %s}}"
                .formatted(hosts.address(0), keys.path("ca.crt")))) {
      String nobody = daemon.docker("pull", secured.address() + "/team/box:1").err();
      assertTrue(nobody.contains("unauthorized: authentication required"), nobody);
      everythingWithAPassword(
          secured.address(),
          "unauthorized: incorrect username or password",
          "unauthorized: incorrect username or password");
      String said = Files.readString(log);
      assertTrue(said.contains("known repository:team/box:pull,push\n"), said);
      assertTrue(said.contains("known repository:team/box:pull\n"), said);
      assertTrue(said.contains("nobody "), said);
    } finally {
      server.destroy();
    }
  }

  /** What a user does with a registry of the name {@code user} and the password {@code secret}. */
  private void everythingWithAPassword(String address, String refused, String noLogin) {
    String name = address + "/team/box:1";
    String own = SETTINGS.resolve("client-" + address.replace(':', '-')).toString();
    daemon.docker("tag", busybox, name).ok();
    var denied = as(own, "push", name);
    assertNotEquals(0, denied.code());
    assertTrue(
        denied.err().contains("no basic auth credentials")
            || denied.err().contains("unauthorized: authentication required"),
        denied.err());

    var bad = as(own, "login", "-u", "user", "-p", "wrong", address);
    assertTrue(bad.err().contains(noLogin), bad.err());
    var pulled =
        call("POST", "/images/create?fromImage=%s/team/box&tag=1".formatted(address), "wrong");
    assertTrue(pulled.contains(refused), pulled);

    assertTrue(
        as(own, "login", "-u", "user", "-p", "secret", address).ok().contains("Login Succeeded"));
    var pushed = as(own, "push", name).ok();
    assertTrue(pushed.contains(": Pushed"), pushed);
    String digest = pushed.replaceFirst("(?s).*digest: (sha256:[0-9a-f]+) .*", "$1");
    String inspect = "/distribution/" + name + "/json";
    assertTrue(call("GET", inspect, "wrong").contains(refused), call("GET", inspect, "wrong"));
    var seen = call("GET", inspect, "secret");
    assertTrue(seen.contains("\"digest\":\"" + digest + "\""), seen);
    assertTrue(
        seen.contains("\"Platforms\":[{\"architecture\":\"amd64\",\"os\":\"linux\"}]"), seen);
    String nothing = "/distribution/" + address + "/team/box:none/json";
    assertEquals(
        "{\"message\":\"manifest unknown: manifest unknown\"}", call("GET", nothing, "secret"));
    daemon.docker("rmi", name).ok();
    var brought = as(own, "pull", name).ok();
    assertTrue(brought.contains("Digest: " + digest), brought);
    assertEquals("it runs", daemon.docker("run", "--rm", name, "echo", "it runs").ok());
    daemon.docker("rmi", name).ok();
    as(own, "pull", address + "/team/box@" + digest).ok();
    daemon.docker("rmi", address + "/team/box@" + digest).ok();
  }

  private Shell.Result as(String config, String... arguments) {
    var all = new ArrayList<>(List.of("--config", config));
    all.addAll(List.of(arguments));
    return daemon.docker(all.toArray(String[]::new));
  }

  private String call(String method, String path, String password) {
    String json = "{\"username\":\"user\",\"password\":\"%s\"}".formatted(password);
    String auth = Base64.getUrlEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    String socket = daemon.socket().substring("unix://".length());
    return Shell.run(
            List.of(
                "curl",
                "-s",
                "-X",
                method,
                "--unix-socket",
                socket,
                "-H",
                "X-Registry-Auth: " + auth,
                "http://d" + path))
        .ok();
  }

  private static Path certificates(String address) throws IOException {
    return Files.createDirectories(SETTINGS.resolve("certs.d").resolve(address));
  }

  private Process tokenServer(TestKeys keys, int port, Path log) throws IOException {
    String classes =
        Path.of(TokenServer.class.getProtectionDomain().getCodeSource().getLocation().getPath())
            .toString();
    var server =
        new ProcessBuilder(
                hosts.inside(
                    0,
                    List.of(
                        Path.of(
                                Objects.requireNonNull(System.getProperty("java.home")),
                                "bin",
                                "java")
                            .toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classes,
                        TokenServer.class.getName(),
                        hosts.address(0),
                        Integer.toString(port),
                        keys.path("tokens.key").toString(),
                        keys.path("tokens.crt").toString(),
                        "60")))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .redirectInput(new File("/dev/null"))
            .start();
    Shell.await(
        "the token server listens",
        () -> {
          try {
            return Files.readString(log).contains("listens");
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return server;
  }
}
