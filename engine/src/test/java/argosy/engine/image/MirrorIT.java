package argosy.engine.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.disk.Digest;
import argosy.engine.registry.FakeRegistry;
import argosy.engine.registry.RegistrySettings;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pulls of Docker's own images, for which mirrors stand; needs root. */
class MirrorIT extends ImageTrial {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BASE = "/v2/library/app/";

  private FakeRegistry first;
  private FakeRegistry second;

  @BeforeEach
  void mirrors() throws IOException {
    first = new FakeRegistry();
    second = new FakeRegistry();
    registries =
        RegistrySettings.of(
            List.of(), List.of("http://" + first.address(), "http://" + second.address() + "/"));
    restart();
  }

  @AfterEach
  void noMirrors() {
    first.close();
    second.close();
  }

  /** An image of one file; the digest of its layer. */
  private static String serve(FakeRegistry registry) throws IOException {
    byte[] layer = layer();
    byte[] config =
        JSON.writeValueAsBytes(
            Map.of(
                "architecture", argosy.engine.image.manifest.Platform.host().architecture(),
                "os", "linux",
                "config", Map.of(),
                "rootfs",
                    Map.of("type", "layers", "diff_ids", List.of(Digest.of(layer).toString()))));
    byte[] manifest =
        JSON.writeValueAsBytes(
            Map.of(
                "schemaVersion", 2,
                "config", descriptor("application/vnd.oci.image.config.v1+json", config),
                "layers", List.of(descriptor("application/vnd.oci.image.layer.v1.tar", layer))));
    registry.serve(BASE + "manifests/1", manifest);
    registry.serve(BASE + "blobs/" + Digest.of(config), config);
    registry.serve(BASE + "blobs/" + Digest.of(layer), layer);
    return Digest.of(layer).toString();
  }

  private static Map<String, Object> descriptor(String type, byte[] bytes) {
    return Map.of("mediaType", type, "digest", Digest.of(bytes).toString(), "size", bytes.length);
  }

  private static byte[] layer() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(bytes)) {
      byte[] content = "hello".repeat(1000).getBytes(StandardCharsets.UTF_8);
      var entry = new TarArchiveEntry("hello");
      entry.setSize(content.length);
      entry.setModTime(0L);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  @Test
  void the_first_that_has_it_gives_it() throws Exception {
    serve(second);
    var lines = lines(streams.pull("app:1", null, null));
    assertTrue(said(lines, "Status: Downloaded newer image for app:1"), text(lines));
    assertTrue(first.asked(BASE + "manifests/1") > 0);
    var again = lines(streams.pull("app:1", null, null));
    assertTrue(said(again, "Status: Image is up to date for app:1"), text(again));
  }

  @Test
  void one_that_gives_a_manifest_and_no_layer_or_a_wrong_one_is_passed_over() throws Exception {
    String layer = serve(first);
    serve(second);
    first.serve(BASE + "blobs/" + layer, new byte[10_240]);
    var lines = lines(streams.pull("app:1", null, null));
    assertTrue(said(lines, "Status: Downloaded newer image for app:1"), text(lines));
    assertEquals(1, second.asked(BASE + "blobs/" + layer));
  }
}
