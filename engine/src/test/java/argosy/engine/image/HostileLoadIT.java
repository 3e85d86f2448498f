package argosy.engine.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.archive.HostileArchive;
import argosy.engine.archive.RawTar;
import argosy.engine.disk.Digest;
import argosy.engine.disk.FileTree;
import argosy.engine.failure.Outcome;
import argosy.engine.image.ImageStreams.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Hostile archives as {@code docker load} and {@code docker import} bring them: each is refused
 * with one sentence, and the store is what it was before.
 */
class HostileLoadIT extends ImageTrial {
  private Path outside;

  @BeforeEach
  void secret() throws Exception {
    outside = Files.createTempDirectory("argosy-outside");
    Files.writeString(outside.resolve("file"), "secret");
  }

  @AfterEach
  void removeSecret() {
    FileTree.delete(outside);
  }

  /** A saved image of one layer, whatever that holds. */
  private static byte[] image(byte[] layer) {
    byte[] config =
        BusyboxImage.json(
            Map.of(
                "architecture",
                "amd64",
                "os",
                "linux",
                "rootfs",
                Map.of("type", "layers", "diff_ids", List.of(Digest.of(layer).toString()))));
    return saved("config.json", config, List.of("layer.tar"), Map.of("layer.tar", layer));
  }

  private static byte[] saved(
      String configName, byte[] config, List<String> layers, Map<String, byte[]> more) {
    var files = new LinkedHashMap<>(more);
    files.put("config.json", config);
    files.put(
        "manifest.json",
        BusyboxImage.json(
            List.of(
                Map.of("Config", configName, "RepoTags", List.of("evil:1"), "Layers", layers))));
    return BusyboxImage.tar(files);
  }

  private String refusal(CompletionStage<Outcome<Source<Progress, NotUsed>>> answer)
      throws Exception {
    return switch (answer.toCompletableFuture().get(60, TimeUnit.SECONDS)) {
      case Outcome.Failed<Source<Progress, NotUsed>>(var failure) -> failure.message();
      case Outcome.Ok<Source<Progress, NotUsed>>(var lines) ->
          Objects.requireNonNull(
              lines
                  .runWith(Sink.last(), kit.system())
                  .toCompletableFuture()
                  .get(60, TimeUnit.SECONDS)
                  .error(),
              "it was taken");
    };
  }

  private void assertRefused(CompletionStage<Outcome<Source<Progress, NotUsed>>> answer)
      throws Exception {
    String sentence = refusal(answer);
    assertFalse(sentence.isBlank());
    assertFalse(sentence.contains("\n") || sentence.contains("Exception"), sentence);
    assertTrue(sentence.length() < 10_000, sentence);
    assertUntouched();
  }

  private void assertUntouched() throws Exception {
    assertEquals(List.of(), ok(ask(new ImageRequest.Find(true, Map.of()))).images());
    kit.<Object>createTestProbe()
        .awaitAssert(
            PATIENCE,
            () -> {
              for (String kept : List.of("blobs/sha256", "blobs/fresh", "layers/.fresh")) {
                assertEquals(List.of(), names(root.resolve(kept)));
              }
              assertEquals(List.of(root.resolve("layers/.fresh")), names(root.resolve("layers")));
              return null;
            });
    assertEquals(List.of(outside.resolve("file")), names(outside));
    assertEquals("secret", Files.readString(outside.resolve("file")));
    assertEquals(1, Files.getAttribute(outside.resolve("file"), "unix:nlink"));
  }

  private static List<Path> names(Path directory) {
    try (var files = Files.list(directory)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @FieldSource("argosy.engine.archive.HostileArchive#REFUSED")
  void a_layer(String kind) throws Exception {
    byte[] layer = HostileArchive.of(kind, outside);
    assertRefused(loading(image(layer)));
    assertRefused(
        streams.importArchive(bytes(layer), new ImportOrder("evil", "1", "", List.of(), null)));
  }

  @ParameterizedTest
  @FieldSource("argosy.engine.archive.HostileArchive#CONTAINED")
  void what_docker_takes_is_taken_and_stays_inside(String kind) throws Exception {
    lines(loading(image(HostileArchive.of(kind, outside))));
    ok(ask(new ImageRequest.Remove("evil:1", false, false)));
    assertUntouched();
  }

  /** The archive itself, not a layer in it: names and links in it are never paths. */
  @Test
  void an_archive_that_names_files_elsewhere() throws Exception {
    byte[] config = "{}".getBytes(StandardCharsets.UTF_8);
    String secret = outside.resolve("file").toString();
    assertRefused(loading(saved(secret, config, List.of(), Map.of())));
    assertRefused(loading(saved("../../../../../.." + secret, config, List.of(), Map.of())));
    assertRefused(loading(saved("config.json", config, List.of(secret), Map.of())));
    for (String target : List.of(secret, "../../../../../.." + secret, "manifest.json", "loop")) {
      assertRefused(
          loading(
              new RawTar()
                  .symbolicLink("loop", target)
                  .hardLink("hard", target)
                  .file("manifest.json", config("loop"))
                  .bytes()));
      assertRefused(
          loading(
              new RawTar().hardLink("hard", target).file("manifest.json", config("hard")).bytes()));
    }
    assertRefused(
        loading(new RawTar().file("../../" + secret, config).file("/etc/x", config).bytes()));
  }

  private static byte[] config(String name) {
    return BusyboxImage.json(
        List.of(Map.of("Config", name, "RepoTags", List.of("evil:1"), "Layers", List.of())));
  }

  @Test
  void documents_that_are_none() throws Exception {
    for (String text : List.of("", "[", "{}", "[[]]", "[1]", "[{\"Config\":1}]", "\"x\"")) {
      byte[] document = text.getBytes(StandardCharsets.UTF_8);
      assertRefused(loading(new RawTar().file("manifest.json", document).bytes()));
      assertRefused(loading(new RawTar().file("index.json", document).bytes()));
      assertRefused(loading(saved("config.json", document, List.of(), Map.of())));
    }
    byte[] giant = new byte[9 << 20];
    Arrays.fill(giant, (byte) ' ');
    assertRefused(loading(new RawTar().file("manifest.json", giant).bytes()));
    assertRefused(loading(saved("config.json", giant, List.of(), Map.of())));
  }

  /** It is refused long before its end, and what names it has do not add up in memory. */
  @Test
  void an_archive_of_a_million_entries() throws Exception {
    var read = new AtomicLong();
    byte[] end = new byte[1024];
    var entries =
        Source.range(1, 1_000_000)
            .map(i -> {
              byte[] one = new RawTar().symbolicLink("link" + i, "nowhere").bytes();
              read.addAndGet(one.length - end.length);
              return ByteString.fromArray(one, 0, one.length - end.length);
            })
            .mapMaterializedValue(_ -> NotUsed.getInstance());
    String sentence =
        refusal(streams.load(entries.concat(Source.single(ByteString.fromArray(end))), null));
    assertEquals("the archive has too many files for an image's", sentence);
    assertTrue(read.get() < 512L * 200_000, "it read on: " + read);
    assertUntouched();
  }
}
