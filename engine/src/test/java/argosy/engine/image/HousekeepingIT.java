package argosy.engine.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.disk.Digest;
import argosy.engine.event.Events;
import argosy.engine.failure.Failure;
import argosy.engine.image.store.Budget;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.junit.jupiter.api.Test;

/** What the image store does by itself: it deletes what is left over and keeps to its budget. */
class HousekeepingIT extends ImageTrial {
  private static final int MEBIBYTE = 1 << 20;

  /** Room for two and a half images of {@link #bring}, which take two mebibytes each. */
  HousekeepingIT() {
    budget = new Budget(5 * MEBIBYTE, Duration.ZERO);
    sweep = Duration.ofSeconds(1);
  }

  /** An image of one layer with a mebibyte in it, which is kept twice: unpacked and as it came. */
  private void bring(String name) throws Exception {
    byte[] content = new byte[MEBIBYTE];
    new Random(name.hashCode()).nextBytes(content);
    var archive = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(archive)) {
      var entry = new TarArchiveEntry("content");
      entry.setSize(content.length);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    }
    var order = new ImportOrder(name, "", "", List.of(), null);
    lines(streams.importArchive(bytes(archive.toByteArray()), order));
  }

  private List<String> names() throws Exception {
    return ok(ask(new ImageRequest.Find(true, Map.of()))).images().stream()
        .flatMap(image -> image.tags().stream())
        .sorted()
        .toList();
  }

  private void awaitNames(String... names) {
    events.awaitAssert(
        Duration.ofSeconds(20),
        () -> {
          try {
            assertEquals(List.of(names), names());
            return null;
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void the_image_unused_for_longest_makes_room() throws Exception {
    bring("one");
    bring("two");
    assertEquals("one:latest", ok(retain("c1", "one")).tags().getFirst());
    bring("three");
    awaitNames("one:latest", "three:latest");
    var told =
        events.fishForMessage(
            Duration.ofSeconds(5),
            message ->
                message instanceof Events.Publish(var event)
                        && event.attributes().containsKey("argosy.reason")
                    ? FishingOutcomes.complete()
                    : FishingOutcomes.continueAndIgnore());
    assertTrue(told.getLast().toString().contains("argosy.reason=budget"), told.toString());
    assertEquals(
        "No such image: two:latest", failed(ask(new ImageRequest.Inspect("two"))).message());
    assertEquals(2, count(root.resolve("layers")) - 1);
    assertEquals(4, count(root.resolve("blobs/sha256")));
  }

  @Test
  void an_image_that_containers_had_is_used_until_they_are_gone() throws Exception {
    bring("one");
    bring("two");
    ok(retain("c1", "one"));
    ok(release("c1"));
    restart();
    bring("three");
    awaitNames("one:latest", "three:latest");
  }

  @Test
  void what_nothing_needs_is_deleted_when_it_is_old() throws Exception {
    bring("kept");
    Path blob = root.resolve("blobs/sha256").resolve(Digest.of(new byte[1]).hex());
    Path young = root.resolve("blobs/sha256").resolve(Digest.of(new byte[2]).hex());
    Path layer = root.resolve("layers").resolve(Digest.of(new byte[3]).hex());
    Path half = root.resolve("layers/.fresh/half");
    Path written = root.resolve("blobs/fresh/half");
    Files.createDirectories(layer.resolve("fs/inside"));
    Files.createDirectories(half.resolve("fs/inside"));
    for (Path file : List.of(blob, young, written)) {
      Files.writeString(file, "left over");
    }
    var longAgo = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
    Files.setLastModifiedTime(blob, longAgo);
    Files.setLastModifiedTime(layer, longAgo);
    events.awaitAssert(
        Duration.ofSeconds(20),
        () -> {
          for (Path gone : List.of(blob, layer, half, written)) {
            assertTrue(Files.notExists(gone), gone.toString());
          }
          return null;
        });
    assertTrue(Files.exists(young));
    awaitNames("kept:latest");
    assertEquals(Failure.NotFound.class, failed(ask(new ImageRequest.Inspect("other"))).getClass());
  }
}
