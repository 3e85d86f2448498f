package argosy.engine.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.failure.Failure;
import argosy.engine.image.ImageStreams.Progress;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

/** Images on their way to a real registry and back; needs root. */
class PushIT extends ImageTrial {
  @Test
  void what_was_pulled_is_pushed_as_it_was() throws Exception {
    try (var registry = new DockerRegistry()) {
      String digest = new BusyboxImage("push").push(registry.address(), "busybox", "latest");
      String name = registry.address() + "/busybox";
      String other = registry.address() + "/my/copy";
      lines(streams.pull(name, null, null));
      ok(ask(new ImageRequest.Tag(name, other, "1")));

      var lines = lines(streams.push(other + ":1", null));
      assertEquals(
          Progress.status("The push refers to repository [" + other + "]"), lines.getFirst());
      assertTrue(said(lines, "Preparing", "Mounted from busybox"), text(lines));
      var aux = Objects.requireNonNull(lines.getLast().aux(), text(lines));
      assertEquals("1", aux.tag());
      assertEquals(digest, aux.digest());
      assertEquals(
          "1: digest: %s size: %d".formatted(digest, aux.size()),
          lines.get(lines.size() - 2).status());

      assertTrue(said(lines(streams.push(other + ":1", null)), "Layer already exists"));
      var image = ok(ask(new ImageRequest.Inspect(other + ":1")));
      assertTrue(image.digests().contains(other + "@" + digest), image.digests().toString());
    }
  }

  @Test
  void what_was_imported_comes_back_with_the_same_id() throws Exception {
    try (var registry = new DockerRegistry()) {
      String name = registry.address() + "/imported";
      lines(
          streams.importArchive(
              Source.single(archive()),
              new ImportOrder(name, "a", "", List.of("CMD [\"x\"]"), null)));
      ok(ask(new ImageRequest.Tag(name + ":a", name, "b")));
      String id = ok(ask(new ImageRequest.Inspect(name + ":a"))).id();

      var lines = lines(streams.push(name, null));
      assertTrue(said(lines, "Pushed"), text(lines));
      assertEquals(
          List.of("a", "b"),
          lines.stream()
              .map(Progress::aux)
              .filter(Objects::nonNull)
              .map(Progress.Aux::tag)
              .toList());

      var again = lines(streams.push(name + ":a", null));
      assertTrue(said(again, "Preparing", "Layer already exists"), text(again));
      assertEquals(aux(lines), aux(again));
      ok(ask(new ImageRequest.Tag(name + ":a", registry.address() + "/other", "1")));
      var moved = lines(streams.push(registry.address() + "/other:1", null));
      assertTrue(said(moved, "Mounted from imported"), text(moved));

      ok(ask(new ImageRequest.Remove(registry.address() + "/other:1", false, false)));
      ok(ask(new ImageRequest.Remove(name + ":a", false, false)));
      ok(ask(new ImageRequest.Remove(name + ":b", false, false)));
      lines(streams.pull(name + ":b", null, null));
      assertEquals(id, ok(ask(new ImageRequest.Inspect(name + ":b"))).id());
    }
  }

  @Test
  void what_is_not_there_is_not_pushed() throws Exception {
    assertEquals(
        "An image does not exist locally with the tag: 127.0.0.1:1/nothing:1",
        error(streams.push("127.0.0.1:1/nothing:1", null)));
    lines(
        streams.importArchive(
            Source.single(archive()),
            new ImportOrder("127.0.0.1:1/some", "1", "", List.of(), null)));
    assertEquals(
        "Get \"http://127.0.0.1:1/v2/\": dial tcp 127.0.0.1:1: connect: connection refused",
        error(streams.push("127.0.0.1:1/some:1", null)));
    assertEquals(
        new Failure.Invalid("invalid reference format"), failed(streams.push("a:b:c", null)));
  }

  private static Progress.Aux aux(List<Progress> lines) {
    return lines.stream().map(Progress::aux).filter(Objects::nonNull).findFirst().orElseThrow();
  }

  private static ByteString archive() throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(bytes)) {
      byte[] content = "hello".repeat(1000).getBytes(StandardCharsets.UTF_8);
      var entry = new TarArchiveEntry("hello");
      entry.setSize(content.length);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    }
    return ByteString.fromArray(bytes.toByteArray());
  }
}
