package argosy.engine.image.transfer;

import argosy.engine.disk.Digest;
import argosy.engine.disk.Json;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.image.ImageRef;
import argosy.engine.image.manifest.Manifest;
import argosy.engine.image.manifest.Platform;
import argosy.engine.image.store.Catalog;
import argosy.engine.image.store.ImageStore;
import argosy.engine.image.store.StoredImage;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code docker save}: an OCI image layout that carries Docker's {@code manifest.json} too, so that
 * both kinds of reader find their way.
 */
public final class Save {
  private static final String BLOBS = "blobs/sha256/";

  private final Shelves shelves;
  private final List<Saved> images;

  private Save(Shelves shelves, List<Saved> images) {
    this.shelves = shelves;
    this.images = images;
  }

  private record Saved(StoredImage image, List<StoredImage.Layer> layers, List<ImageRef> names) {}

  /**
   * What these references name; refused when one names nothing, an image is for another platform
   * than the one asked for, or a layer's blob is not there.
   */
  public static Save of(
      Catalog catalog, Shelves shelves, List<String> references, @Nullable Platform platform) {
    var images = new ArrayList<Saved>();
    chosen(catalog, references, platform)
        .forEach((id, names) -> {
          var image = Objects.requireNonNull(catalog.images().get(id));
          images.add(
              new Saved(
                  image,
                  image.layers().stream().map(layer -> present(catalog, shelves, layer)).toList(),
                  List.copyOf(names)));
        });
    return new Save(shelves, images);
  }

  private static Map<String, Set<ImageRef>> chosen(
      Catalog catalog, List<String> references, @Nullable Platform platform) {
    var chosen = new LinkedHashMap<String, Set<ImageRef>>();
    for (String reference : references) {
      var tags = repository(catalog, reference);
      if (tags.isEmpty()) {
        var image = catalog.find(reference);
        refuseOther(image, reference, platform);
        chosen
            .computeIfAbsent(image.id(), _ -> new LinkedHashSet<>())
            .addAll(names(image, reference));
      }
      for (ImageRef tag : tags) {
        var image = catalog.find(tag.canonical());
        refuseOther(image, tag.familiar(), platform);
        chosen.computeIfAbsent(image.id(), _ -> new LinkedHashSet<>()).add(tag);
      }
    }
    return chosen;
  }

  /** Of a bare repository all tags; of anything else none. */
  private static List<ImageRef> repository(Catalog catalog, String reference) {
    if (Digest.isDigest(reference) || Digest.isDigest("sha256:" + reference)) {
      return List.of();
    }
    var wanted = ImageRef.parse(reference);
    return wanted.tag() == null && wanted.digest() == null ? catalog.tagsOf(wanted) : List.of();
  }

  private static List<ImageRef> names(StoredImage image, String reference) {
    if (Catalog.names(image.id(), reference)) {
      return List.of();
    }
    var wanted = ImageRef.parse(reference);
    return wanted.digest() == null ? List.of(wanted.tagged()) : List.of();
  }

  private static void refuseOther(
      StoredImage image, String reference, @Nullable Platform platform) {
    var actual = image.platform();
    if (platform != null && !platform.runs(actual)) {
      throw new Refused(
          new Failure.NotFound(
              "image with reference %s was found but its platform (%s) does not match the specified platform (%s)"
                  .formatted(reference, actual, platform)));
    }
  }

  static StoredImage.Layer present(Catalog catalog, Shelves shelves, StoredImage.Layer layer) {
    return ImageStore.packings(catalog, layer.chain()).stream()
        .filter(packing -> shelves.blobs().has(Digest.parse(packing.blob())))
        .findFirst()
        .orElseThrow(() ->
            new Refused(
                new Failure.NotFound("the blob of layer " + layer.chain() + " is not here")));
  }

  /** The ids of the images in it. */
  public List<String> ids() {
    return images.stream().map(saved -> saved.image().id()).toList();
  }

  /** Digests that must stay until it is written. */
  public Set<String> digests() {
    var digests = new LinkedHashSet<String>();
    for (Saved saved : images) {
      digests.add(saved.image().id());
      saved.layers().forEach(layer -> digests.add(layer.blob()));
    }
    return digests;
  }

  /** Writes the archive and closes the stream. */
  public void write(OutputStream out) {
    try (var tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name())) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      var written = new HashSet<String>();
      for (String digest : digests()) {
        blob(tar, Digest.parse(digest), written);
      }
      ArrayNode index = Json.mapper().createArrayNode();
      for (Saved saved : images) {
        bytes(tar, SavedManifest.of(shelves, saved.image(), saved.layers()), index, saved, written);
      }
      file(tar, "index.json", json(Map.of("schemaVersion", 2, "manifests", index)));
      file(tar, "manifest.json", json(docker()));
      file(tar, "oci-layout", json(Map.of("imageLayoutVersion", "1.0.0")));
    } catch (IOException e) {
      throw new UncheckedIOException("can not write the archive: " + e.getMessage(), e);
    }
  }

  private void blob(TarArchiveOutputStream tar, Digest digest, Set<String> written)
      throws IOException {
    if (written.add(digest.hex())) {
      try (InputStream in = shelves.blobs().open(digest)) {
        file(tar, BLOBS + digest.hex(), in, shelves.blobs().size(digest));
      }
    }
  }

  private static void bytes(
      TarArchiveOutputStream tar,
      byte[] manifest,
      ArrayNode index,
      Saved saved,
      Set<String> written)
      throws IOException {
    var digest = Digest.of(manifest);
    if (written.add(digest.hex())) {
      file(tar, BLOBS + digest.hex(), manifest);
    }
    if (saved.names().isEmpty()) {
      index.add(
          SavedManifest.descriptor(Manifest.OCI_MANIFEST, digest.toString(), manifest.length));
    }
    for (ImageRef name : saved.names()) {
      ObjectNode line =
          SavedManifest.descriptor(Manifest.OCI_MANIFEST, digest.toString(), manifest.length);
      line.putObject("annotations")
          .put("io.containerd.image.name", name.canonical())
          .put("org.opencontainers.image.ref.name", name.wanted());
      index.add(line);
    }
  }

  private ArrayNode docker() {
    ArrayNode lines = Json.mapper().createArrayNode();
    for (Saved saved : images) {
      ObjectNode line = lines.addObject();
      String parent = saved.image().image().parent();
      line.put("Config", path(saved.image().id()));
      ArrayNode names = line.putArray("RepoTags");
      saved.names().forEach(name -> names.add(name.familiar()));
      ArrayNode layers = line.putArray("Layers");
      saved.layers().forEach(layer -> layers.add(path(layer.blob())));
      if (images.stream().anyMatch(other -> other.image().id().equals(parent))) {
        line.put("Parent", parent);
      }
    }
    return lines;
  }

  private static String path(String digest) {
    return BLOBS + Digest.parse(digest).hex();
  }

  private static byte[] json(Object value) throws JsonProcessingException {
    return Json.mapper().writeValueAsBytes(value);
  }

  private static void file(TarArchiveOutputStream tar, String name, byte[] bytes)
      throws IOException {
    file(tar, name, new ByteArrayInputStream(bytes), bytes.length);
  }

  private static void file(TarArchiveOutputStream tar, String name, InputStream in, long size)
      throws IOException {
    var entry = new TarArchiveEntry(name);
    entry.setSize(size);
    entry.setModTime(0);
    tar.putArchiveEntry(entry);
    in.transferTo(tar);
    tar.closeArchiveEntry();
  }
}
