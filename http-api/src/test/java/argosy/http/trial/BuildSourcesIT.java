package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.disk.Digest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a build takes things from besides small files: the web, archives, private registries. */
class BuildSourcesIT extends BuildTrial {
  private static final String SECURED = "10.214.51.10:5012";

  /** Of the password "secret". */
  private static final String HTPASSWD =
      "user:$2b$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a\n";

  BuildSourcesIT() {
    super(51, "--insecure-registry", SECURED);
  }

  @Test
  void what_add_fetches_is_what_its_checksum_says() throws Exception {
    byte[] content = "from the web".getBytes(StandardCharsets.UTF_8);
    Path site = Files.createDirectories(files.resolve("site"));
    Files.write(site.resolve("x"), content);
    String url = "http://127.0.0.1:8000/x";
    var server =
        new ProcessBuilder(
                hosts.inside(
                    1,
                    List.of(
                        "busybox", "httpd", "-f", "-p", "127.0.0.1:8000", "-h", site.toString())))
            .start();
    try {
      Shell.await(
          "the file is served",
          () -> Shell.run(hosts.inside(1, List.of("curl", "-fs", url))).code() == 0);
      String add = "FROM BUSYBOX\nADD --checksum=%s %s /x\n";
      build(add.formatted(Digest.of(content), url), "-t", "sum").ok();
      assertEquals("from the web", inside("sum", "cat /x"));

      var other = Digest.of(new byte[1]);
      assertError(
          add.formatted(other, url), "digest mismatch " + Digest.of(content) + ": " + other);
      assertError(add.formatted("sha256:12", url), "invalid checksum digest length");
      assertError(add.formatted("md5:" + "0".repeat(32), url), "unsupported digest algorithm");
      assertError(add.formatted("x", url), "invalid checksum digest format");
      assertError(add.formatted(other, "f"), "checksum can't be specified for non-HTTP(S) sources");
      assertError(
          "FROM BUSYBOX\nCOPY --checksum=%s f /x\n".formatted(other), "unknown flag: --checksum");
    } finally {
      server.destroyForcibly().waitFor();
    }
  }

  @Test
  void archives_of_every_packing_are_unpacked() throws IOException {
    var file = new StringBuilder("FROM BUSYBOX\n");
    for (String tool : List.of("gzip", "bzip2", "xz", "zstd")) {
      Shell.run(List.of("sh", "-ec", "cd %s; %s -c a.tar >a.%s".formatted(files, tool, tool))).ok();
      file.append("ADD a.%s /%s/\n".formatted(tool, tool));
    }
    build(file.toString(), "-t", "packings").ok();
    assertEquals("oneoneoneone", inside("packings", "cat /gzip/* /bzip2/* /xz/* /zstd/*"));
  }

  @Test
  void steps_are_taken_from_an_image_that_came_from_elsewhere() throws IOException {
    String file = "FROM BUSYBOX\nRUN cat /proc/sys/kernel/random/uuid >/id\nCOPY f /f\nENV A=1\n";
    String name = registry.address() + "/cached";
    build(file, "-t", name).ok();
    String id = inside(name, "cat /id");
    daemon.docker("push", name).ok();
    daemon.docker("rmi", name).ok();
    daemon.docker("pull", name).ok();

    String again = build(file, "-t", "again", "--cache-from", name).ok();
    assertEquals(id, inside("again", "cat /id"), again);
    assertEquals(3, again.lines().filter(line -> line.equals(" ---> Using cache")).count(), again);
    build(file.replace("A=1", "A=2"), "-t", "later", "--cache-from", "nobody/has:1," + name).ok();
    assertEquals(id, inside("later", "cat /id"), "the steps before a changed one");
    String same = build(file, "-q", "-t", "once-more", "--cache-from", name).ok();
    assertEquals(daemon.docker("inspect", "-f", "{{.Id}}", "again").ok(), same);
    String none = build(file, "-t", "none", "--cache-from", "nobody/has:1").ok();
    assertFalse(none.contains("Using cache"), "steps done here do not count then");
    daemon.docker("rmi", "-f", "again", "later", "once-more", "none").ok();
    build(file, "-t", "without").ok();
    assertNotEquals(id, inside("without", "cat /id"), "it is only taken from where one says");
  }

  @Test
  void a_base_of_a_private_registry_is_pulled_with_the_clients_login() throws IOException {
    Path htpasswd = Files.writeString(directory.resolve("htpasswd"), HTPASSWD);
    String config = Files.createDirectories(directory.resolve("client")).toString();
    try (var secured =
        new SecuredRegistry(
            hosts,
            directory,
            5012,
            "",
            "auth: {htpasswd: {realm: trial, path: %s}}".formatted(htpasswd))) {
      String base = secured.address() + "/private/base:1";
      daemon.docker("tag", busybox, base).ok();
      as(config, "login", "-u", "user", "-p", "secret", secured.address()).ok();
      as(config, "push", base).ok();
      daemon.docker("rmi", base).ok();
      Files.writeString(files.resolve("Dockerfile"), "FROM " + base + "\nRUN echo it >/runs\n");

      var nobody = as(directory.resolve("nobody").toString(), "build", files.toString());
      assertEquals(1, nobody.code());
      assertTrue(nobody.err().contains("no basic auth credentials"), nobody.err());
      as(config, "build", "-t", "private", files.toString()).ok();
      assertEquals("it", inside("private", "cat /runs"));
      String told =
          daemon.docker("history", "--no-trunc", "private").ok()
              + daemon.docker("inspect", "private").ok();
      assertFalse(told.contains("secret"), told);
      daemon.docker("rmi", "-f", "private", base).ok();
    }
  }

  private Shell.Result as(String config, String... arguments) {
    var all = new ArrayList<>(List.of("env", "DOCKER_BUILDKIT=0", "DOCKER_CONFIG=" + config));
    all.addAll(Daemon.command(daemon.socket(), arguments));
    return Shell.run(all);
  }

  /** Web servers have limits on what they take; a build's context has none. */
  @Test
  void a_context_may_be_large() throws IOException {
    try (var big = new RandomAccessFile(files.resolve("big").toFile(), "rw")) {
      big.setLength(40 << 20);
    }
    build("FROM BUSYBOX\nCOPY big /big\n", "-t", "big").ok();
    assertEquals("41943040", inside("big", "stat -c %s /big"));
    daemon.docker("rmi", "big").ok();
  }

  /** As in Docker since 29; before, it answered 400 to a push without a header or a body. */
  @Test
  void a_push_needs_no_login_where_the_registry_wants_none() {
    String name = registry.address() + "/bare";
    daemon.docker("tag", busybox, name + ":1").ok();
    var pushed = Api.of(daemon).post("/images/" + name + "/push?tag=1", "").ok();
    assertTrue(pushed.body().contains("digest: sha256:"), pushed.body());
    daemon.docker("rmi", name + ":1").ok();
  }
}
