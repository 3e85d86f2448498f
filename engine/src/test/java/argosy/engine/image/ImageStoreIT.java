package argosy.engine.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.disk.Digest;
import argosy.engine.disk.OverlayRoots;
import argosy.engine.event.Events;
import argosy.engine.failure.Done;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.image.ImageStreams.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

/** The image store on a real disk, with a real registry and real overlay mounts; needs root. */
class ImageStoreIT extends ImageTrial {
  @Test
  void pulls_what_was_pushed_and_is_up_to_date_then() throws Exception {
    var image = new BusyboxImage("pull");
    try (var registry = new DockerRegistry()) {
      String digest = image.push(registry.address(), "busybox", "latest");
      String name = registry.address() + "/busybox";

      var lines = lines(streams.pull(name, null, null));
      assertEquals(Progress.of("latest", "Pulling from busybox"), lines.getFirst());
      assertTrue(
          said(lines, "Pulling fs layer", "Download complete", "Pull complete"), text(lines));
      assertEquals("Digest: " + digest, lines.get(lines.size() - 2).status());
      assertEquals(
          "Status: Downloaded newer image for " + name + ":latest", lines.getLast().status());

      var event = events.expectMessageClass(Events.Publish.class).event();
      assertEquals("pull", event.action());
      assertEquals(name + ":latest", event.id());
      assertEquals(Map.of("name", name, "test", "pull"), event.attributes());

      var found = ok(ask(new ImageRequest.Inspect(name)));
      assertEquals(image.id(), found.id());
      assertEquals(List.of(name + ":latest"), found.tags());
      assertEquals(List.of(name + "@" + digest), found.digests());

      var again = lines(streams.pull(name, null, null));
      assertEquals("Status: Image is up to date for " + name + ":latest", again.getLast().status());
      assertEquals(3, again.size(), text(again));
      assertEquals(
          "Status: Image is up to date for " + name + "@" + digest,
          lines(streams.pull(name + "@" + digest, null, null)).getLast().status());

      var two = List.of(streams.pull(name + ":latest", "", null), streams.pull(name, "", null));
      assertEquals(lines(two.getFirst()), lines(two.getLast()));

      restart();
      assertEquals(found, ok(ask(new ImageRequest.Inspect(image.id().substring(7, 19)))));
    }
  }

  @Test
  void says_what_docker_says_when_a_pull_can_not_be() throws Exception {
    try (var registry = new DockerRegistry()) {
      new BusyboxImage("refused").push(registry.address(), "busybox", "latest");
      String name = registry.address() + "/busybox:nope";
      assertEquals(
          new Failure.NotFound(
              "manifest for " + name + " not found: manifest unknown: manifest unknown"),
          failed(streams.pull(name, null, null)));
    }
    assertEquals(
        new Failure.Internal(
            "Get \"http://127.0.0.1:1/v2/\": dial tcp 127.0.0.1:1: connect: connection refused"),
        failed(streams.pull("127.0.0.1:1/busybox", null, null)));
    assertEquals(
        new Failure.Invalid("invalid reference format"), failed(streams.pull("a b", null, null)));
  }

  @Test
  void loads_saves_and_loads_again() throws Exception {
    var image = new BusyboxImage("load");
    var lines = lines(loading(image.archive("busybox:latest")));
    assertEquals("Loaded image: busybox:latest\n", lines.getLast().stream());

    var saved = ok(streams.save(List.of("busybox"), null));
    var archive =
        saved
            .runFold(ByteString.emptyByteString(), ByteString::concat, kit.system())
            .toCompletableFuture()
            .get(60, TimeUnit.SECONDS);
    assertEquals(
        List.of("busybox:latest"),
        ok(ask(new ImageRequest.Remove("busybox", false, false))).steps().stream()
            .map(ImageRequest.Removed.Step::untagged)
            .filter(name -> !name.isEmpty())
            .toList());
    assertEquals(List.of(), ok(ask(new ImageRequest.Find(true, Map.of()))).images());
    assertEquals(0, count(root.resolve("blobs/sha256")));

    lines(streams.load(Source.single(archive), null));
    assertEquals(image.id(), ok(ask(new ImageRequest.Inspect("busybox"))).id());
  }

  @Test
  void a_reader_of_a_saved_archive_that_leaves_holds_nothing() throws Exception {
    lines(loading(new BusyboxImage("left").archive("busybox:latest")));
    var saved = ok(streams.save(List.of("busybox"), null));
    saved
        .take(1)
        .runWith(Sink.ignore(), kit.system())
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
    ok(ask(new ImageRequest.Remove("busybox", false, false)));
    kit.createTestProbe()
        .awaitAssert(
            PATIENCE,
            () -> {
              try {
                assertEquals(0, count(root.resolve("blobs/sha256")));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
              return true;
            });
  }

  /** Of one that came without a manifest it is that of the archive it would be saved to. */
  @Test
  void tells_the_manifest_and_how_large_an_image_is_in_a_registry() throws Exception {
    var loaded = new BusyboxImage("content");
    lines(loading(loaded.archive("busybox:latest")));
    var content = content(loaded.id());
    long layer = loaded.layerTar().length;
    assertTrue(content.bytes() > layer + content.size(), content.toString());
    assertTrue(content.bytes() < layer + content.size() + 1000, content.toString());
    var saved =
        ok(streams.save(List.of("busybox"), null))
            .runFold(ByteString.emptyByteString(), ByteString::concat, kit.system())
            .toCompletableFuture()
            .get(60, TimeUnit.SECONDS)
            .utf8String();
    assertTrue(saved.contains("blobs/sha256/" + Digest.parse(content.manifest()).hex()));

    try (var registry = new DockerRegistry()) {
      var pulled = new BusyboxImage("pulled");
      String digest = pulled.push(registry.address(), "busybox", "latest");
      lines(streams.pull(registry.address() + "/busybox", null, null));
      assertEquals(digest, content(pulled.id()).manifest());
      assertEquals(
          "application/vnd.docker.distribution.manifest.v2+json", content(pulled.id()).mediaType());
    }
    assertEquals(Map.of(), ok(ask(new ImageRequest.Measure(List.of("sha256:none")))).contents());
  }

  private ImageContent content(String id) throws Exception {
    return Objects.requireNonNull(
        ok(ask(new ImageRequest.Measure(List.of(id)))).contents().get(id));
  }

  @Test
  void loads_an_oci_layout_and_takes_what_runs_here() throws Exception {
    var image = new BusyboxImage("layout");
    var lines = lines(loading(image.layout("example.org/busybox:1")));
    assertEquals("Loaded image: example.org/busybox:1\n", lines.getLast().stream());
    assertEquals(image.id(), ok(ask(new ImageRequest.Inspect("example.org/busybox:1"))).id());
    assertInstanceOf(
        Failure.Invalid.class, failed(loading(damaged(image.layout("example.org/busybox:2")))));
  }

  /** One byte of the packed layer is another. */
  private static byte[] damaged(byte[] layout) {
    layout[layout.length / 2] ^= 1;
    return layout;
  }

  @Test
  void imports_with_changes() throws Exception {
    var lines =
        lines(
            streams.importArchive(
                bytes(BusyboxImage.gzip(new BusyboxImage("x").layerTar())),
                new ImportOrder(
                    "imported", "v1", "", List.of("CMD [\"/bin/sh\"]", "ENV A=b"), null)));
    var image = ok(ask(new ImageRequest.Inspect("imported:v1")));
    assertEquals(image.id(), lines.getLast().status());
    assertEquals(List.of("/bin/sh"), image.config().cmd());
    assertEquals(List.of("A=b"), image.config().env());
    assertInstanceOf(
        Failure.Invalid.class,
        failed(
            streams.importArchive(
                bytes(new byte[0]),
                new ImportOrder("imported", "v2", "", List.of("RUN x"), null))));
  }

  /** Push and save call it a tar, and so it has to be one. */
  @Test
  void keeps_the_plain_tar_of_what_came_as_xz() throws Exception {
    byte[] tar = new BusyboxImage("xz").layerTar();
    var order = new ImportOrder("imported", "v1", "", List.of(), null);
    lines(streams.importArchive(bytes(xz(tar)), order));
    assertTrue(Files.exists(root.resolve("blobs/sha256/" + Digest.of(tar).hex())));
    ok(ask(new ImageRequest.Remove("imported:v1", true, false)));

    var image = new BusyboxImage("packed");
    byte[] layer = image.layerTar();
    lines(loading(image.archive("busybox:latest", xz(layer))));
    Path blobs = root.resolve("blobs/sha256");
    assertTrue(Files.exists(blobs.resolve(Digest.of(layer).hex())));
    TestProbe<Object> wait = kit.createTestProbe();
    wait.awaitAssert(() -> {
      assertEquals(2, count(blobs), "its configuration and its layer");
      return null;
    });
    var broken = Arrays.copyOf(xz(layer), 1000);
    var failure = failed(streams.importArchive(bytes(broken), order));
    assertTrue(failure.message().startsWith("failed to register layer: "), failure::message);
  }

  private static byte[] xz(byte[] plain) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var xz = new XZCompressorOutputStream(packed, 0)) {
      xz.write(plain);
    }
    return packed.toByteArray();
  }

  @Test
  void leaves_no_trace_of_an_archive_it_refuses() throws Exception {
    assertInstanceOf(Failure.Invalid.class, failed(loading(new byte[10240])));
    assertInstanceOf(
        Failure.Invalid.class,
        failed(
            streams.importArchive(
                bytes(BusyboxImage.tar(Map.of("../evil", new byte[3]))),
                new ImportOrder("evil", "", "", List.of(), null))));
    ok(ask(new ImageRequest.Find(true, Map.of())));
    TestProbe<Object> wait = kit.createTestProbe();
    wait.awaitAssert(() -> {
      assertEquals(0, count(root.resolve("blobs/sha256")));
      assertEquals(0, count(root.resolve("layers/.fresh")));
      return null;
    });
  }

  @Test
  void keeps_what_containers_hold() throws Exception {
    var image = new BusyboxImage("held");
    lines(loading(image.archive("busybox:latest")));
    assertEquals(image.id(), ok(retain("c0ffee", "busybox")).id());

    String id = image.id().substring(7, 19);
    assertEquals(
        new Failure.Conflict(
            "conflict: unable to remove repository reference \"busybox\" (must force) - container c0ffee is using its referenced image "
                + id),
        failed(ask(new ImageRequest.Remove("busybox", false, false))));
    images.tell(new ImageUse.Running("c0ffee", true));
    assertEquals(
        new Failure.Conflict(
            "conflict: unable to delete "
                + id
                + " (cannot be forced) - image is being used by running container c0ffee"),
        failed(ask(new ImageRequest.Remove(id, true, false))));
    images.tell(new ImageUse.Running("c0ffee", false));
    ok(ask(new ImageRequest.Remove(id, true, false)));
    assertEquals(
        new Failure.NotFound("No such image: busybox:latest"),
        failed(ask(new ImageRequest.Inspect("busybox"))));

    restart();
    assertEquals(image.id(), ok(retain("c0ffee", image.id())).id());
    ok(
        AskPattern.<Images.Command, Outcome<Done>>ask(
            images, replyTo -> new ImageUse.Release("c0ffee", replyTo), PATIENCE, kit.scheduler()));
    assertEquals(0, count(root.resolve("blobs/sha256")));
  }

  @Test
  void mounts_a_root_on_its_layers() throws Exception {
    lines(loading(new BusyboxImage("mount").archive("busybox:latest")));
    var image = ok(ask(new ImageRequest.Inspect("busybox")));
    var roots = new OverlayRoots(root);
    for (boolean durable : List.of(true, false)) {
      Path merged = roots.mount("box", image.layers(), durable);
      assertEquals(merged, roots.mount("box", image.layers(), durable));
      assertTrue(Files.isExecutable(merged.resolve("bin/busybox")));
      Files.writeString(merged.resolve("etc/hello"), "hello");
      roots.unmount("box");
      roots.unmount("box");
      assertEquals(5, roots.writableBytes("box"));
      assertEquals(
          "hello",
          Files.readString(roots.mount("box", image.layers(), durable).resolve("etc/hello")));
      assertEquals(List.of("box"), roots.remains());
      roots.remove("box");
      roots.remove("box");
      assertEquals(List.of(), roots.remains());
    }
  }
}
