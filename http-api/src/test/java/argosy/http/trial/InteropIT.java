package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Images through a registry, to and fro between Argosy, a real dockerd, skopeo and podman. */
class InteropIT extends OneHost {
  private Dockerd dockerd;

  InteropIT() {
    super(36);
  }

  @BeforeAll
  void dockerdUp() {
    dockerd =
        new Dockerd(
            hosts, 2, directory.resolve("dockerd"), "--insecure-registry", registry.address());
  }

  @AfterAll
  void dockerdDown() {
    dockerd.close();
  }

  private String name(String path) {
    return registry.address() + "/" + path;
  }

  private String hub(String script, String... arguments) {
    var all = new ArrayList<>(List.of("bash", "-euc", script, registry.address()));
    all.addAll(List.of(arguments));
    return Shell.run(hosts.inside(0, all)).ok();
  }

  private void skopeoCopy(String to, String... options) {
    hub(
        "skopeo copy -q --src-tls-verify=false --dest-tls-verify=false \"${@:2}\""
            + " docker://$0/busybox:latest docker://$0/$1",
        prepended(to, options));
  }

  private static String[] prepended(String first, String... rest) {
    var all = new ArrayList<>(List.of(first));
    all.addAll(List.of(rest));
    return all.toArray(String[]::new);
  }

  /** What the registry calls it, and its configuration's digest. */
  private String digest(String image) {
    return hub("skopeo inspect --tls-verify=false -f '{{.Digest}}' docker://$0/$1", image);
  }

  private String id(String image) {
    return hub(
        "skopeo inspect --raw --tls-verify=false docker://$0/$1 | jq -r .config.digest", image);
  }

  private static String[] inspect(String image) {
    return new String[] {"image", "inspect", "-f", "{{.Id}} {{json .RepoDigests}}", image};
  }

  private String expected(String image) {
    String repository = image.substring(0, image.lastIndexOf(':'));
    return "%s [\"%s@%s\"]".formatted(id(image), name(repository), digest(image));
  }

  @Test
  void what_skopeo_pushes_is_pulled_and_run() {
    skopeoCopy("sk/oci:1", "--format", "oci");
    skopeoCopy("sk/docker:1", "--format", "v2s2");
    hub(
        """
        skopeo copy -q --src-tls-verify=false --dest-decompress docker://$0/busybox:latest dir:$1
        skopeo copy -q -f oci --dest-compress --dest-compress-format zstd dir:$1 oci:$1-zstd:1
        skopeo copy -q --preserve-digests --dest-tls-verify=false oci:$1-zstd:1 docker://$0/sk/zstd:1
        """,
        directory.resolve("plain").toString());
    String raw = hub("skopeo inspect --raw --tls-verify=false docker://$0/sk/zstd:1");
    assertTrue(raw.contains("tar+zstd"), raw);
    for (String image : List.of("sk/oci:1", "sk/docker:1", "sk/zstd:1")) {
      daemon.docker("pull", name(image)).ok();
      String seen = daemon.docker(inspect(name(image))).ok();
      String repository = image.substring(0, image.lastIndexOf(':'));
      assertTrue(seen.startsWith(id(image) + " "), seen);
      assertTrue(seen.contains("\"%s@%s\"".formatted(name(repository), digest(image))), seen);
      assertEquals("runs", daemon.docker("run", "--rm", name(image), "echo", "runs").ok());
    }
    daemon.docker("rmi", name("sk/oci:1"), name("sk/docker:1"), name("sk/zstd:1")).ok();

    // one image has one manifest, its first: only alone is it pushed packed by zstd
    daemon.docker("pull", name("sk/zstd:1")).ok();
    daemon.docker("tag", name("sk/zstd:1"), name("on/zstd:1")).ok();
    daemon.docker("push", name("on/zstd:1")).ok();
    assertEquals(digest("sk/zstd:1"), digest("on/zstd:1"));
    daemon.docker("rmi", name("sk/zstd:1"), name("on/zstd:1")).ok();

    String byDigest = name("sk/oci") + "@" + digest("sk/oci:1");
    daemon.docker("pull", byDigest).ok();
    assertEquals(expected("sk/oci:1"), daemon.docker(inspect(byDigest)).ok());
    daemon.docker("rmi", byDigest).ok();
  }

  @Test
  void an_index_is_pulled_by_platform_and_variant() {
    hub(INDEX);
    String image = name("multi:1");
    String digest =
        "sha256:"
            + hub(
                "skopeo inspect --raw --tls-verify=false docker://$0/multi:1 | sha256sum | cut -c1-64");
    for (String platform :
        List.of("linux/arm64", "linux/arm/v6", "linux/arm/v7", "linux/arm/v5", "linux/amd64")) {
      daemon.docker("pull", "--platform", platform, image).ok();
      assertEquals(
          platform.replace("arm64", "arm64/v8"),
          daemon
              .docker(
                  "image",
                  "inspect",
                  "-f",
                  "{{.Os}}/{{.Architecture}}{{with .Variant}}/{{.}}{{end}}",
                  image)
              .ok());
      assertTrue(
          daemon.docker(inspect(image)).ok().endsWith("[\"" + name("multi@") + digest + "\"]"));
    }
    assertEquals("here", daemon.docker("run", "--rm", image, "echo", "here").ok());
    var none = daemon.docker("pull", "--platform", "linux/s390x", image).err();
    assertTrue(
        none.contains("no matching manifest for linux/s390x in the manifest list entries"), none);
    var look = Api.of(daemon).get("/distribution/" + image + "/json").json();
    assertEquals(digest, look.path("Descriptor").path("digest").asText());
    assertEquals(
        "application/vnd.oci.image.index.v1+json",
        look.path("Descriptor").path("mediaType").asText());
    assertEquals(5, look.path("Platforms").size());
    assertEquals(
        "{\"architecture\":\"arm64\",\"os\":\"linux\",\"variant\":\"v8\"}",
        look.path("Platforms").get(1).toString());
    daemon.docker("rmi", "-f", image).ok();
  }

  /** Five images that differ in their platform, and an index of them. */
  private static final String INDEX =
      """
      base=http://$0/v2/multi
      raw=$(skopeo inspect --raw --tls-verify=false docker://$0/busybox:latest)
      config=$(skopeo inspect --config --raw --tls-verify=false docker://$0/busybox:latest)
      layer=$(jq -r '.layers[0].digest' <<<"$raw")
      size=$(jq -r '.layers[0].size' <<<"$raw")
      curl -fsS -o /dev/null -X POST "$base/blobs/uploads/?mount=$layer&from=busybox"
      lines=
      for platform in amd64: arm64:v8 arm:v5 arm:v6 arm:v7; do
        one=$(jq -c ".architecture=\\"${platform%:*}\\" | .variant=\\"${platform#*:}\\" | if .variant==\\"\\" then del(.variant) else . end" <<<"$config" | tr -d '\\n'; echo x)
        one=${one%x}
        digest=sha256:$(printf %s "$one" | sha256sum | cut -c1-64)
        at=$(curl -fsS -D - -o /dev/null -X POST "$base/blobs/uploads/" | tr -d '\\r' | sed -n 's/^Location: //p')
        printf %s "$one" | curl -fsS -o /dev/null -X PUT --data-binary @- -H 'Content-Type: application/octet-stream' "$at&digest=$digest"
        manifest=$(printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":%s},"layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"%s","size":%s}]}' "$digest" "$(printf %s "$one" | wc -c)" "$layer" "$size")
        name=sha256:$(printf %s "$manifest" | sha256sum | cut -c1-64)
        printf %s "$manifest" | curl -fsS -o /dev/null -X PUT --data-binary @- -H 'Content-Type: application/vnd.oci.image.manifest.v1+json' "$base/manifests/$name"
        variant=; [ -z "${platform#*:}" ] || variant=",\\"variant\\":\\"${platform#*:}\\""
        lines="$lines${lines:+,}{\\"mediaType\\":\\"application/vnd.oci.image.manifest.v1+json\\",\\"digest\\":\\"$name\\",\\"size\\":$(printf %s "$manifest" | wc -c),\\"platform\\":{\\"os\\":\\"linux\\",\\"architecture\\":\\"${platform%:*}\\"$variant}}"
      done
      printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[%s]}' "$lines" |
        curl -fsS -o /dev/null -X PUT --data-binary @- -H 'Content-Type: application/vnd.oci.image.index.v1+json' "$base/manifests/1"
      """;

  @Test
  void what_dockerd_pushes_is_pulled_and_run_and_pushed_on_as_it_was() {
    dockerd.docker("pull", busybox).ok();
    for (String tag : List.of("1", "2")) {
      dockerd.docker("run", "--name", "made", busybox, "touch", "/made-" + tag).ok();
      dockerd.docker("commit", "-c", "CMD [\"ls\",\"/\"]", "made", name("dk/app:" + tag)).ok();
      dockerd.docker("rm", "made").ok();
    }
    dockerd.docker("push", "--all-tags", name("dk/app")).ok();

    var all = daemon.docker("pull", "-a", name("dk/app")).ok();
    assertTrue(all.contains("Status: Downloaded newer image for " + name("dk/app") + "\n"), all);
    for (String tag : List.of("1", "2")) {
      String image = name("dk/app:" + tag);
      assertTrue(all.contains(tag + ": Pulling from dk/app"), all);
      assertEquals(dockerd.docker(inspect(image)).ok(), daemon.docker(inspect(image)).ok());
      assertTrue(daemon.docker("run", "--rm", image).ok().contains("made-" + tag));
    }
    var again = daemon.docker("pull", "-a", name("dk/app")).ok();
    assertTrue(again.contains("Status: Image is up to date for " + name("dk/app")), again);

    daemon.docker("tag", name("dk/app:1"), name("on/app:1")).ok();
    var pushed = daemon.docker("push", name("on/app:1")).ok();
    assertTrue(pushed.contains("Mounted from dk/app"), pushed);
    assertEquals(digest("dk/app:1"), digest("on/app:1"));
    daemon.docker("rmi", name("dk/app:1"), name("dk/app:2"), name("on/app:1")).ok();
  }

  @Test
  void what_argosy_pushes_is_pulled_by_the_others() throws Exception {
    daemon.docker("run", "--name", "made", busybox, "sh", "-c", "echo argosy >/made").ok();
    String image = name("ar/app:1");
    daemon.docker("commit", "-c", "CMD [\"cat\",\"/made\"]", "made", image).ok();
    daemon.docker("rm", "made").ok();
    var pushed = daemon.docker("push", image).ok();
    assertTrue(pushed.contains("Pushed"), pushed);
    var second = daemon.docker("push", image).ok();
    assertTrue(second.contains("Layer already exists") && !second.contains("Pushed"), second);
    assertEquals(expected("ar/app:1"), daemon.docker(inspect(image)).ok());

    dockerd.docker("pull", image).ok();
    assertEquals(daemon.docker(inspect(image)).ok(), dockerd.docker(inspect(image)).ok());
    assertEquals("argosy", dockerd.docker("run", "--rm", image).ok());
    // what dockerd would push is what it pulled: nothing goes over the line
    var back = dockerd.docker("push", image).ok();
    assertTrue(back.contains("Layer already exists") && !back.contains("Pushed"), back);

    Path layout = directory.resolve("layout");
    hub("skopeo copy -q --src-tls-verify=false docker://$0/ar/app:1 oci:$1:x", layout.toString());
    assertTrue(Files.exists(layout.resolve("index.json")));

    String podman =
        "podman --storage-driver vfs --root $1/podman --runroot $1/podman-run --cgroup-manager cgroupfs ";
    hub(podman + "pull -q --tls-verify=false $0/ar/app:1", directory.toString());
    String seen =
        hub(podman + "image inspect -f '{{.Id}} {{.Digest}}' $0/ar/app:1", directory.toString());
    assertEquals(
        "%s %s".formatted(id("ar/app:1").substring("sha256:".length()), digest("ar/app:1")), seen);
    daemon.docker("rmi", image).ok();
  }
}
