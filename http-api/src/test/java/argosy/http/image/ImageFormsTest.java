package argosy.http.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.image.Image;
import argosy.engine.image.ImageConfig;
import argosy.engine.image.ImageContent;
import argosy.http.Golden;
import argosy.http.version.ApiVersion;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ImageFormsTest {
  private static final ApiVersion OLD = new ApiVersion(1, 32);
  private static final Instant CREATED = Instant.ofEpochSecond(1_700_000_000);

  @Test
  void a_row() {
    Golden.same(
        """
        {"Id": "sha256:aa", "ParentId": "", "RepoTags": ["busybox:latest"], "RepoDigests": [],
         "Created": 1700000000, "Size": 30, "SharedSize": -1, "Labels": {"a": "b"},
         "Containers": -1}
        """,
        ImageView.row(image(List.of("busybox:latest")), -1, -1, ApiVersion.NEWEST));
  }

  @Test
  void old_clients_see_a_virtual_size_and_a_name_for_the_nameless() {
    Golden.contains(
        """
        {"RepoTags": ["<none>:<none>"], "RepoDigests": ["<none>@<none>"], "VirtualSize": 30}
        """,
        ImageView.row(image(List.of()), -1, -1, OLD));
    Golden.contains(
        "{\"RepoTags\": [], \"RepoDigests\": []}",
        ImageView.row(image(List.of()), -1, -1, ApiVersion.NEWEST));
  }

  @Test
  void inspect_by_version() {
    var now = ImageView.inspect(image(List.of("b:1")), null, ApiVersion.NEWEST);
    Golden.contains(
        """
        {"Created": "2023-11-14T22:13:20.000000000Z", "Os": "linux", "Architecture": "amd64",
         "RootFS": {"Type": "layers", "Layers": ["sha256:d1", "sha256:d2"]},
         "Config": {"Env": ["PATH=/bin"], "Cmd": ["sh"], "ExposedPorts": {"80/tcp": {}},
           "Labels": {"a": "b"}}}
        """,
        now);
    for (String absent : List.of("VirtualSize", "Container", "Variant")) {
      assertFalse(Golden.has(now, absent), absent);
    }
    assertTrue(Golden.has(now, "ContainerConfig"), "docker-compose 1.29 needs it");
    var old = ImageView.inspect(image(List.of("b:1")), null, OLD);
    for (String present : List.of("VirtualSize", "Container", "ContainerConfig")) {
      assertTrue(Golden.has(old, present), present);
    }
    assertTrue(Golden.has(old.config(), "Hostname"));
  }

  @Test
  void the_manifests_of_an_image_are_one() {
    var image = image(List.of("b:1"));
    var users = new ImageUsers(Map.of("sha256:aa", List.of("c0ffee")));
    var content = new ImageContent("sha256:bb", "application/x", 7, 12);
    var manifests = users.manifests(image, content);
    Golden.contains(
        """
        {"Manifests": [{"ID": "sha256:bb", "Kind": "image", "Available": true,
          "Descriptor": {"mediaType": "application/x", "digest": "sha256:bb", "size": 7},
          "Size": {"Total": 42, "Content": 12},
          "ImageData": {"Platform": {"architecture": "amd64", "os": "linux"},
            "Containers": ["c0ffee"], "Size": {"Unpacked": 30}}}]}
        """,
        ImageView.row(image, -1, 1, manifests, ApiVersion.NEWEST));
    assertEquals(manifests, ImageView.inspect(image, manifests, ApiVersion.NEWEST).manifests());
    assertEquals(List.of(), users.manifests(image, null), "it is gone meanwhile");
    assertFalse(Golden.has(ImageView.row(image, -1, -1, ApiVersion.NEWEST), "Manifests"));
  }

  @Test
  void history_is_newest_first() {
    Golden.same(
        """
        [{"Id": "sha256:aa", "Created": 1700000000, "CreatedBy": "CMD", "Tags": ["b:1"],
          "Size": 0, "Comment": ""},
         {"Id": "<missing>", "Created": 1700000000, "CreatedBy": "COPY", "Tags": null,
          "Size": 20, "Comment": ""},
         {"Id": "<missing>", "Created": 0, "CreatedBy": "ADD", "Tags": null, "Size": 10,
          "Comment": ""}]
        """,
        ImageView.history(List.of(image(List.of("b:1")))));
  }

  @Test
  void shared_layers_are_counted_once() {
    var sizes = LayerSizes.of(List.of(image(List.of("a:1")), image(List.of("b:1"))));
    assertEquals(30, sizes.total());
    assertEquals(30, sizes.shared(image(List.of())));
    assertEquals(0, LayerSizes.of(List.of(image(List.of()))).shared(image(List.of())));
  }

  @Test
  void two_parameters_make_one_reference() {
    assertEquals("busybox:1", ArchiveRoutes.reference("busybox", "1"));
    assertEquals("busybox@sha256:aa", ArchiveRoutes.reference("busybox", "sha256:aa"));
    assertEquals("h:5000/b:1", ArchiveRoutes.reference("h:5000/b:1", ""));
    assertEquals("h:5000/b", ArchiveRoutes.reference("h:5000/b", ""));
  }

  @Test
  void credentials() {
    String json = "{\"username\":\"jo>?\",\"password\":\"p\"}";
    for (var encoder :
        List.of(
            Base64.getUrlEncoder(), Base64.getUrlEncoder().withoutPadding(), Base64.getEncoder())) {
      var auth =
          RegistryHeader.parse(encoder.encodeToString(json.getBytes(StandardCharsets.UTF_8)));
      assertNotNull(auth);
      assertEquals("jo>?", auth.username());
    }
    assertNull(RegistryHeader.parse("e30="));
    assertNull(RegistryHeader.parse("not base64!"));
  }

  private static Image image(List<String> tags) {
    return new Image(
        "sha256:aa",
        tags,
        List.of(),
        List.of("c1", "c2"),
        List.of("sha256:d1", "sha256:d2"),
        new ImageConfig(
            "",
            Set.of("80/tcp"),
            List.of("PATH=/bin"),
            null,
            List.of("sh"),
            Set.of(),
            "",
            Map.of("a", "b"),
            null,
            List.of(),
            List.of(),
            null),
        CREATED,
        "",
        "amd64",
        "linux",
        null,
        "",
        null,
        30,
        List.of(
            new Image.History(null, "ADD", "", false, 10),
            new Image.History(CREATED, "COPY", "", false, 20),
            new Image.History(CREATED, "CMD", "", true, 0)));
  }
}
