package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Images in archives, to and fro between Argosy, a real dockerd and skopeo. */
class StoreIT extends OneHost {
  private Dockerd dockerd;

  StoreIT() {
    super(37);
  }

  @BeforeAll
  void dockerdUp() {
    dockerd = new Dockerd(hosts, 2, directory.resolve("dockerd"));
    Shell.run(List.of("sh", "-ec", BUSYBOX_TAR.replace("DIR", directory.toString()))).ok();
  }

  private static final String BUSYBOX_TAR =
      """
      mkdir -p DIR/bb/bin; cp /bin/busybox DIR/bb/bin/
      for name in sh cat true; do ln -s busybox DIR/bb/bin/$name; done
      tar -C DIR/bb --numeric-owner --owner 0 --group 0 -cf DIR/bb.tar .
      """;

  @AfterAll
  void dockerdDown() {
    dockerd.close();
  }

  @BeforeEach
  @AfterEach
  void empty() {
    for (String tag : List.of("base:1", "app:1", "app:2", "example.org/team/app:9", "comm:1")) {
      daemon.docker("rmi", "-f", tag);
      dockerd.docker("rmi", "-f", tag);
    }
  }

  private Path file(String name) {
    return directory.resolve(name);
  }

  private static String[] tags() {
    return new String[] {"base:1", "app:1", "app:2", "example.org/team/app:9", "comm:1"};
  }

  /** A base, a child of it with three names, and another child. */
  private static void make(Engine on, Path bb) {
    on.docker("import", "-c", "CMD [\"/bin/sh\"]", "-c", "ENV PATH=/bin", bb.toString(), "base:1")
        .ok();
    on.docker("create", "--name", "one", "base:1").ok();
    on.docker("cp", bb.toString(), "one:/more").ok();
    on.docker("commit", "-m", "more", "-c", "LABEL team=blue", "one", "app:1").ok();
    on.docker("commit", "-a", "somebody", "one", "comm:1").ok();
    on.docker("rm", "one").ok();
    on.docker("tag", "app:1", "app:2").ok();
    on.docker("tag", "app:1", "example.org/team/app:9").ok();
  }

  /** Either of the two. */
  @FunctionalInterface
  private interface Engine {
    Shell.Result docker(String... arguments);
  }

  private static String facts(Engine on, String image) {
    return on.docker(
            "inspect", "-f", "{{.Id}} {{json .RootFS}} {{.Parent}} {{json .RepoTags}}", image)
        .ok();
  }

  private static String[] with(String[] names, String... before) {
    return Stream.of(before, names).flatMap(Stream::of).toArray(String[]::new);
  }

  @Test
  void what_docker_saves_is_here_what_it_is_there() {
    make(dockerd::docker, file("bb.tar"));
    String archive = file("theirs.tar").toString();
    dockerd.docker(with(tags(), "save", "-o", archive)).ok();
    String said = daemon.docker("load", "-i", archive).ok();
    assertEquals(dockerd.docker("load", "-i", archive).ok(), said);
    assertTrue(said.contains("Loaded image: example.org/team/app:9"), said);
    for (String tag : tags()) {
      assertEquals(facts(dockerd::docker, tag), facts(daemon::docker, tag));
    }
    assertEquals("ok", daemon.docker("run", "--rm", "app:1", "/bin/sh", "-c", "echo ok").ok());
  }

  @Test
  void what_we_save_is_there_what_it_is_here() {
    make(daemon::docker, file("bb.tar"));
    daemon.docker("tag", busybox, "example.org/pulled:1").ok();
    String archive = file("ours.tar").toString();
    daemon.docker(with(tags(), "save", "-o", archive, "example.org/pulled")).ok();
    String said = dockerd.docker("load", "-i", archive).ok();
    assertTrue(said.contains("Loaded image: example.org/pulled:1"), said);
    for (String tag : tags()) {
      assertEquals(facts(daemon::docker, tag), facts(dockerd::docker, tag));
    }
    String layers = "{{.Id}} {{json .RootFS}}";
    assertEquals(
        daemon.docker("inspect", "-f", layers, busybox).ok(),
        dockerd.docker("inspect", "-f", layers, "example.org/pulled:1").ok());
    assertEquals("ok", dockerd.docker("run", "--rm", "app:1", "/bin/sh", "-c", "echo ok").ok());
    daemon.docker("rmi", "example.org/pulled:1").ok();
    dockerd.docker("rmi", "example.org/pulled:1").ok();
  }

  @Test
  void a_bare_name_is_all_of_its_tags() {
    make(daemon::docker, file("bb.tar"));
    String archive = file("bare.tar").toString();
    daemon.docker("save", "-o", archive, "app").ok();
    daemon.docker("rmi", "-f", "app:1", "app:2", "example.org/team/app:9").ok();
    assertEquals(
        "Loaded image: app:1\nLoaded image: app:2", daemon.docker("load", "-i", archive).ok());
  }

  @Test
  void archives_may_be_packed() {
    make(dockerd::docker, file("bb.tar"));
    String archive = file("packed.tar").toString();
    dockerd.docker("save", "-o", archive, "base:1").ok();
    for (String tool : List.of("gzip", "zstd", "bzip2", "xz")) {
      Shell.run(List.of("sh", "-ec", tool + " -c -1 " + archive + " >" + archive + "." + tool))
          .ok();
      daemon.docker("rmi", "-f", "base:1");
      assertEquals(
          "Loaded image: base:1", daemon.docker("load", "-i", archive + "." + tool).ok(), tool);
      assertEquals(facts(dockerd::docker, "base:1"), facts(daemon::docker, "base:1"), tool);
    }
  }

  @Test
  void skopeo_reads_ours_and_we_read_its_own() {
    make(daemon::docker, file("bb.tar"));
    String archive = file("skopeo.tar").toString();
    daemon.docker("save", "-o", archive, "app:1", "app:2").ok();
    String id = daemon.docker("inspect", "-f", "{{.Id}}", "app:1").ok();
    skopeo(
        "copy", "docker-archive:" + archive + ":app:1", "docker-archive:" + file("d") + ":app:2");
    skopeo(
        "copy", "oci-archive:" + archive + ":1", "oci-archive:" + file("o") + ":example.org/o:3");
    daemon.docker("rmi", "-f", "app:1", "app:2", "example.org/team/app:9").ok();
    assertEquals("Loaded image: app:2", daemon.docker("load", "-i", file("d").toString()).ok());
    assertEquals(id, daemon.docker("inspect", "-f", "{{.Id}}", "app:2").ok());
    assertEquals(
        "Loaded image: example.org/o:3", daemon.docker("load", "-i", file("o").toString()).ok());
    assertEquals(id, daemon.docker("inspect", "-f", "{{.Id}}", "example.org/o:3").ok());
    daemon.docker("rmi", "example.org/o:3").ok();
  }

  private static void skopeo(String... arguments) {
    Shell.run(Stream.concat(Stream.of("skopeo"), Stream.of(arguments)).toList()).ok();
  }

  @Test
  void only_the_platform_that_was_asked_for() {
    assumeTrue(daemon.commandLineKnows("--platform", "save"));
    make(daemon::docker, file("bb.tar"));
    String archive = file("platform.tar").toString();
    String here = daemon.docker("inspect", "-f", "{{.Os}}/{{.Architecture}}", "base:1").ok();
    daemon.docker("save", "-o", archive, "--platform", here, "base:1").ok();
    var refused = daemon.docker("save", "-o", archive + "2", "--platform", "linux/s390x", "base:1");
    assertTrue(
        refused
            .err()
            .contains(
                "image with reference base:1 was found but its platform ("
                    + here
                    + ") does not match the specified platform (linux/s390x)"),
        refused.err());
    assertEquals(
        "Loaded image: base:1", daemon.docker("load", "--platform", here, "-i", archive).ok());
    var missed = daemon.docker("load", "--platform", "linux/s390x", "-i", archive);
    assertNotEquals(0, missed.code());
    assertTrue(missed.err().contains("does not provide the specified platform"), missed.err());
    for (String verb : List.of("push", "rmi")) {
      String other = daemon.docker(verb, "--platform", "linux/s390x", "base:1").err();
      assertTrue(other.contains("does not match the specified platform (linux/s390x)"), other);
    }
    daemon.docker("rmi", "--platform", here, "base:1").ok();
  }

  @Test
  void every_view_prunes() {
    make(daemon::docker, file("bb.tar"));
    var api = Api.of(daemon);
    String filters =
        "?filters=%7B%22dangling%22%3A%5B%22false%22%5D%2C%22label%22%3A%5B%22team%22%5D%7D";
    assertTrue(api.post("/node/n1/v1.41/images/prune" + filters, "").ok().body().contains("app:2"));
    make(dockerd::docker, file("bb.tar"));
    dockerd.docker("save", "-o", file("again.tar").toString(), "app:1").ok();
    daemon.docker("load", "-i", file("again.tar").toString()).ok();
    assertTrue(api.post("/cluster/v1.41/images/prune" + filters, "").ok().body().contains("app:1"));
    api.post("/build/prune", "").ok();
    Shell.await(
        "the journal tells of the build cache",
        () ->
            api.get("/events?since=0&until=" + System.currentTimeMillis() / 1000)
                .ok()
                .body()
                .contains("\"Type\":\"builder\""));
    assertEquals(501, api.get("/images/base:1/attestations").status());
    String platform = "%7B%22os%22%3A%22linux%22%2C%22architecture%22%3A%22s390x%22%7D";
    String wrong = api.get("/images/base:1/json?platform=" + platform).message();
    assertTrue(wrong.contains("does not match the specified platform (linux/s390x)"), wrong);
  }

  @Test
  void what_is_no_archive_is_said_so_and_leaves_no_trace() throws IOException {
    var before = kept();
    Files.writeString(file("garbage"), "garbage".repeat(1000));
    var refused = daemon.docker("load", "-i", file("garbage").toString());
    assertNotEquals(0, refused.code());
    assertTrue(refused.err().contains("archive/tar: invalid tar header"), refused.err());
    var empty = daemon.docker("load", "-i", file("bb.tar").toString());
    assertNotEquals(0, empty.code());
    assertTrue(empty.err().contains("manifest.json"), empty.err());
    for (String content : List.of("a", "garbage".repeat(1000))) {
      Files.writeString(file("garbage"), content);
      String theirs = dockerd.docker("import", file("garbage").toString()).err();
      String ours = daemon.docker("import", file("garbage").toString()).err();
      String reason = theirs.substring(theirs.lastIndexOf("): ") + "): ".length()).strip();
      assertTrue(ours.contains("failed to register layer: " + reason), ours + theirs);
    }
    Shell.await("nothing is left of them", () -> kept().equals(before));
  }

  private static final List<String> CHANGES =
      List.of(
          "ENV A=b C=\"d e\"",
          "CMD echo $A",
          "ENTRYPOINT [\"/x\"]",
          "EXPOSE 80 81/udp",
          "VOLUME /a /b",
          "USER me:team",
          "WORKDIR /w",
          "LABEL a=b \"c d\"=e",
          "ONBUILD RUN x",
          "HEALTHCHECK --interval=5s CMD true");

  private static String imported(Engine on, String source, String... options) {
    var all = new ArrayList<>(List.of("import"));
    all.addAll(List.of(options));
    CHANGES.forEach(change -> all.addAll(List.of("--change", change)));
    all.addAll(List.of(source, "base:1"));
    String id = on.docker(all.toArray(String[]::new)).ok().lines().toList().getLast();
    assertEquals(id, on.docker("inspect", "-f", "{{.Id}}", "base:1").ok());
    String facts =
        "{{json .Config}} {{.Os}}/{{.Architecture}} {{.Comment}} {{json .RootFS}} {{.Size}}";
    return on.docker("inspect", "-f", facts, "base:1").ok()
        + on.docker("history", "--format", "{{.Comment}} {{.CreatedBy}}", "base:1").ok();
  }

  @Test
  void an_import_is_dockers_import() {
    String tar = file("bb.tar").toString();
    assertEquals(imported(dockerd::docker, tar), imported(daemon::docker, tar));
    // dockerd 20.10 forgets the platform
    assertTrue(imported(daemon::docker, tar, "--platform", "linux/arm64").contains("linux/arm64"));
    for (String bad : List.of("RUN x", "ENV", "USER", "HEALTHCHECK CMD")) {
      assertEquals(
          dockerd.docker("import", "-c", bad, tar).err(),
          daemon.docker("import", "-c", bad, tar).err());
    }
    assertEquals(
        dockerd.docker("import", "--platform", "windows", tar).err(),
        daemon.docker("import", "--platform", "windows", tar).err());
  }

  @Test
  void an_import_may_come_from_a_url() throws Exception {
    Shell.run(
            List.of(
                "sh",
                "-c",
                "cd %s; for it in gzip bzip2 xz; do $it -k1f bb.tar; done".formatted(directory)))
        .ok();
    String port = hosts.address(0) + ":8099";
    var server =
        new ProcessBuilder(
                hosts.inside(
                    0, List.of("busybox", "httpd", "-f", "-p", port, "-h", directory.toString())))
            .start();
    try {
      Shell.await(
          "the web server answers",
          () ->
              Shell.run(
                          hosts.inside(
                              0, List.of("curl", "-fs", port + "/bb.tar.gz", "-o", "/dev/null")))
                      .code()
                  == 0);
      for (String name : List.of("bb.tar", "bb.tar.gz", "bb.tar.bz2", "bb.tar.xz")) {
        String url = "http://" + port + "/" + name;
        assertEquals(imported(dockerd::docker, url), imported(daemon::docker, url));
      }
      assertEquals(
          imported(dockerd::docker, "http://" + port + "/bb.tar", "-m", "m"),
          imported(daemon::docker, "http://" + port + "/bb.tar", "-m", "m"));
      var before = kept();
      String missing = "http://" + port + "/missing";
      var refused = daemon.docker("import", missing);
      assertTrue(
          refused.err().contains("failed to GET " + missing + " with status 404"), refused.err());
      String nobody = "http://" + hosts.address(0) + ":1/x";
      assertTrue(daemon.docker("import", nobody).err().contains("connect: connection refused"));
      assertTrue(
          Api.of(daemon)
              .post("/images/create?fromSrc=ftp://x/y", "")
              .body()
              .contains("unsupported protocol scheme"));
      Shell.await("nothing is left of them", () -> kept().equals(before));
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  /** Names of all content the daemon keeps. */
  private TreeSet<String> kept() {
    var names = new TreeSet<String>();
    for (String below :
        List.of("blobs/sha256", "blobs/fresh", "layers", "layers/.fresh", "images")) {
      try (var files = Files.list(file("n1").resolve("data").resolve(below))) {
        files.forEach(it -> names.add(below + "/" + it.getFileName()));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
    return names;
  }
}
