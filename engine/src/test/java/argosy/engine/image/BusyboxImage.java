package argosy.engine.image;

import argosy.engine.disk.Digest;
import argosy.engine.disk.Json;
import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * A small real image for tests, made from the host's static {@code /bin/busybox}: as a {@code
 * docker load} archive, or pushed to a registry.
 */
public final class BusyboxImage {
  private static final Path BUSYBOX = Path.of("/bin/busybox");
  private static final int EXECUTABLE = 0100755;
  private static final String ARCHITECTURE =
      "amd64".equals(System.getProperty("os.arch")) ? "amd64" : "arm64";

  private final byte[] layer;
  private final byte[] config;

  /** With a label, so that two of them differ. */
  public BusyboxImage(String label) {
    try {
      this.layer = layer();
      this.config = config(Digest.of(layer).toString(), label);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The image's id. */
  public String id() {
    return Digest.of(config).toString();
  }

  /** The layer's plain tar. */
  public byte[] layerTar() {
    return layer.clone();
  }

  /** What {@code docker load} takes; {@code name}: {@code busybox:latest} for instance. */
  public byte[] archive(String name) {
    return archive(name, layer);
  }

  /** The same with its layer's tar packed somehow. */
  public byte[] archive(String name, byte[] packed) {
    String configName = Digest.of(config).hex() + ".json";
    var manifest =
        List.of(
            Map.of(
                "Config", configName, "RepoTags", List.of(name), "Layers", List.of("1/layer.tar")));
    var files = new LinkedHashMap<String, byte[]>();
    files.put(configName, config);
    files.put("1/layer.tar", packed);
    files.put("manifest.json", json(manifest));
    return tar(files);
  }

  /** An OCI image layout with the layer packed by zstd, below an index of two platforms. */
  public byte[] layout(String name) {
    byte[] packed = Zstd.compress(layer);
    byte[] manifest =
        manifest(
            "application/vnd.oci.image.manifest.v1+json",
            descriptor("application/vnd.oci.image.config.v1+json", config),
            descriptor("application/vnd.oci.image.layer.v1.tar+zstd", packed));
    byte[] inner = platforms(manifest);
    var top = new HashMap<>(descriptor("application/vnd.oci.image.index.v1+json", inner));
    top.put("annotations", Map.of("org.opencontainers.image.ref.name", name));
    var files = new LinkedHashMap<String, byte[]>();
    for (byte[] blob : List.of(config, packed, manifest, inner)) {
      files.put("blobs/sha256/" + Digest.of(blob).hex(), blob);
    }
    files.put("index.json", json(Map.of("schemaVersion", 2, "manifests", List.of(top))));
    files.put("oci-layout", json(Map.of("imageLayoutVersion", "1.0.0")));
    return tar(files);
  }

  private static byte[] manifest(
      String mediaType, Map<String, Object> config, Map<String, Object> layer) {
    return json(
        Map.of(
            "schemaVersion",
            2,
            "mediaType",
            mediaType,
            "config",
            config,
            "layers",
            List.of(layer)));
  }

  /** This machine's and one that runs nowhere. */
  private static byte[] platforms(byte[] manifest) {
    var ours = new HashMap<>(descriptor("application/vnd.oci.image.manifest.v1+json", manifest));
    ours.put("platform", Map.of("os", "linux", "architecture", ARCHITECTURE));
    var other = new HashMap<>(ours);
    other.put("digest", "sha256:" + "0".repeat(64));
    other.put("platform", Map.of("os", "plan9", "architecture", "mips"));
    return json(
        Map.of(
            "schemaVersion",
            2,
            "mediaType",
            "application/vnd.oci.image.index.v1+json",
            "manifests",
            List.of(other, ours)));
  }

  /**
   * Pushes it to a registry over plain HTTP.
   *
   * @param registry {@code HOST:PORT}
   * @return the manifest's digest
   */
  public String push(String registry, String repository, String tag) {
    byte[] packed = gzip(layer);
    String base = "http://" + registry + "/v2/" + repository;
    RegistryUpload.blob(base, packed);
    RegistryUpload.blob(base, config);
    byte[] manifest =
        manifest(
            "application/vnd.docker.distribution.manifest.v2+json",
            descriptor("application/vnd.docker.container.image.v1+json", config),
            descriptor("application/vnd.docker.image.rootfs.diff.tar.gzip", packed));
    RegistryUpload.manifest(
        base, tag, "application/vnd.docker.distribution.manifest.v2+json", manifest);
    return Digest.of(manifest).toString();
  }

  /** A descriptor of these bytes (OCI image spec). */
  public static Map<String, Object> descriptor(String mediaType, byte[] bytes) {
    return Map.of(
        "mediaType", mediaType, "digest", Digest.of(bytes).toString(), "size", bytes.length);
  }

  private static byte[] config(String diffId, String label) {
    return json(
        Map.of(
            "architecture",
            ARCHITECTURE,
            "os",
            "linux",
            "created",
            "2026-01-02T03:04:05Z",
            "config",
            Map.of(
                "Env",
                List.of("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
                "Cmd",
                List.of("sh"),
                "Labels",
                Map.of("test", label)),
            "rootfs",
            Map.of("type", "layers", "diff_ids", List.of(diffId)),
            "history",
            List.of(
                Map.of(
                    "created",
                    "2026-01-02T03:04:05Z",
                    "created_by",
                    "BusyboxImage",
                    "comment",
                    label))));
  }

  private static byte[] layer() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(bytes)) {
      for (String directory : List.of("bin", "dev", "etc", "proc", "root", "sys", "usr", "var")) {
        directory(tar, directory + "/", 040755);
      }
      directory(tar, "tmp/", 041777);
      file(tar, "bin/busybox", Files.readAllBytes(BUSYBOX), EXECUTABLE);
      for (String applet : applets()) {
        var link = new TarArchiveEntry("bin/" + applet, TarConstants.LF_SYMLINK);
        link.setLinkName("busybox");
        link.setModTime(0);
        tar.putArchiveEntry(link);
        tar.closeArchiveEntry();
      }
      file(
          tar,
          "etc/passwd",
          text("root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n"),
          0100644);
      file(tar, "etc/group", text("root:x:0:\nnobody:x:65534:\n"), 0100644);
    }
    return bytes.toByteArray();
  }

  private static List<String> applets() throws IOException {
    var process = new ProcessBuilder(BUSYBOX.toString(), "--list").start();
    var names = new ArrayList<String>();
    try (var lines = process.inputReader()) {
      lines.lines().filter(name -> !name.equals("busybox")).forEach(names::add);
    }
    return names;
  }

  private static void directory(TarArchiveOutputStream tar, String name, int mode)
      throws IOException {
    var entry = new TarArchiveEntry(name);
    entry.setMode(mode);
    entry.setModTime(0);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }

  private static void file(TarArchiveOutputStream tar, String name, byte[] bytes, int mode)
      throws IOException {
    var entry = new TarArchiveEntry(name);
    entry.setMode(mode);
    entry.setSize(bytes.length);
    entry.setModTime(0);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  /** A plain tar of these files. */
  public static byte[] tar(Map<String, byte[]> files) {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(bytes)) {
      for (var file : files.entrySet()) {
        file(tar, file.getKey(), file.getValue(), 0100644);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public static byte[] gzip(byte[] bytes) {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  public static byte[] json(Object value) {
    try {
      return Json.mapper().writeValueAsBytes(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
