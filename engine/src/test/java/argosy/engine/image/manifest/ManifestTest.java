package argosy.engine.image.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import argosy.engine.failure.Refused;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ManifestTest {
  private static final String A = "sha256:" + "a".repeat(64);
  private static final String B = "sha256:" + "b".repeat(64);

  @Test
  void reads_one_image_whatever_its_media_type_says() {
    var manifest =
        assertInstanceOf(
            Manifest.Single.class,
            parse(
                """
                {"schemaVersion":2,"config":{"digest":"%s","size":7,"mediaType":"c"},
                 "layers":[{"digest":"%s","size":9,"mediaType":"l"}]}\
                """
                    .formatted(A, B)));
    assertEquals(A, manifest.config().digest().toString());
    assertEquals(9, manifest.layers().getFirst().size());
  }

  @Test
  void chooses_from_an_index_and_passes_over_attestations() {
    var index =
        assertInstanceOf(
            Manifest.Index.class,
            parse(
                """
                {"manifests":[
                  {"digest":"%s","platform":{"os":"unknown","architecture":"unknown"}},
                  {"digest":"%s","platform":{"os":"linux","architecture":"arm64"}}]}\
                """
                    .formatted(A, B)));
    assertEquals(B, index.choose(Platform.parse("linux/arm64/v8")).manifest().digest().toString());
    var refused =
        assertThrows(Refused.class, () -> index.choose(new Platform("linux", "amd64", "")));
    assertEquals(
        "no matching manifest for linux/amd64 in the manifest list entries", refused.getMessage());
  }

  @Test
  void refuses_what_is_no_manifest() {
    assertThrows(Refused.class, () -> parse("{\"schemaVersion\":1}"));
    assertThrows(Refused.class, () -> parse("<html>"));
    assertThrows(Refused.class, () -> parse("{\"config\":{\"digest\":\"md5:1\"},\"layers\":[]}"));
  }

  private static Manifest parse(String json) {
    return Manifest.parse(json.getBytes(StandardCharsets.UTF_8));
  }
}
